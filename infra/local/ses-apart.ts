import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod';
import type { LocalClock } from './clock.ts';
import { type ReceivedMail, receivedMail } from './mail-store.ts';

const listening = z.object({ url: z.url() });
const told = z.union([
  z.object({ mail: receivedMail.omit({ id: true }), bytes: z.number() }),
  z.object({ event: z.string() }),
  z.object({ answerTo: z.number() }),
]);

/** SES in a process of its own. */
export interface SesApart {
  url: string;
  /** The clock given, which takes the other process with it when it is set. */
  clock: LocalClock;
  /** Resolves once all that SES took until now was told here. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Our SES in a process of its own: what it works is then not counted as the product's. Bodies stay there; the store is told of each mail
 * that was taken and its length.
 * @throws if it does not start
 */
export const startSesApart = async (options: {
  configurationSet: string;
  ratePerSecond: number;
  maxPer24h: number;
  clock: LocalClock;
  onMail: (mail: Omit<ReceivedMail, 'id'>, bytes: number) => void;
  /** Gets the events that our rules put on the queue. */
  onEvent: (envelope: string) => void;
}): Promise<SesApart> => {
  const { clock, onMail, onEvent, ...wishes } = options;
  const ahead = (): { aheadMs: number } => ({ aheadMs: clock.now() - Date.now() });
  const child = fork(new URL('ses-process.ts', import.meta.url), [JSON.stringify({ ...wishes, ...ahead() })], {
    execArgv: [],
  });
  const gone = once(child, 'exit').then(() => {
    throw new Error('SES ended before it answered');
  });
  gone.catch(() => undefined);
  const [first] = await Promise.race([once(child, 'message'), gone]);
  const { url } = listening.parse(first);
  const asked = new Map<number, () => void>();
  let questions = 0;
  child.on('message', (message) => {
    const what = told.parse(message);
    if ('mail' in what) onMail(what.mail, what.bytes);
    else if ('event' in what) onEvent(what.event);
    else asked.get(what.answerTo)?.();
  });
  return {
    url,
    clock: {
      now: clock.now,
      set(at) {
        const done = clock.set(at);
        child.send(ahead());
        return done;
      },
    },
    caughtUp: () =>
      new Promise((heard) => {
        const question = ++questions;
        asked.set(question, () => {
          asked.delete(question);
          heard();
        });
        child.send({ question });
      }),
    async stop() {
      const ended = once(child, 'exit');
      if (child.connected) child.disconnect();
      await ended;
    },
  };
};
