import { setTimeout as sleep } from 'node:timers/promises';
import { type Instant, MINUTE } from '../../functions/model/time.ts';
import { createClock } from '../local/clock.ts';
import { type Consumption, createConsumption } from '../local/consumption.ts';
import { CONFIGURATION_SET } from '../local/environment.ts';
import { createPassingMails, type PassingMails } from '../local/passing-mails.ts';
import { startSesApart } from '../local/ses-apart.ts';
import { type LocalStack, startLocal } from '../local/stack.ts';

/** The service with its tables and SES in processes of their own: what this one works and holds is the functions' and the queues'. */
export interface ScaleStack {
  stack: LocalStack;
  consumption: Consumption;
  mails: PassingMails;
  /** Resolves once nothing is on a queue, nor comes to one within a minute: what SES did not answer for is looked at much later. */
  drained(): Promise<void>;
  /** From now on SES events are lost, so that nothing but the sender is at work. */
  loseEvents(): void;
  stop(): Promise<void>;
}

/** Starts it at an instant. */
export const openStack = async (of: {
  at: Instant;
  ratePerSecond: number;
  allow: string[];
  onError: (error: unknown) => void;
}): Promise<ScaleStack> => {
  const { at, allow, onError } = of;
  const consumption = createConsumption();
  const mails = createPassingMails();
  const limits = { ratePerSecond: of.ratePerSecond, maxPer24h: 10_000_000 };
  let onEvent: (envelope: string) => void = () => undefined;
  const ses = await startSesApart({
    ...limits,
    configurationSet: CONFIGURATION_SET,
    clock: createClock({ at }),
    onMail: mails.pass,
    onEvent: (envelope) => onEvent(envelope),
  });
  const stack = await startLocal({
    tablesApart: true,
    clock: ses.clock,
    mails,
    sesUrl: ses.url,
    publicUrl: 'https://broadsheet.example',
    allow,
    welcome: false,
    log: consumption.log({
      info: () => undefined,
      warn: () => undefined,
      error: (event, fields) => onError(`${event} ${JSON.stringify(fields)}`),
    }),
    onError,
    consumption,
  });
  onEvent = (envelope) => {
    stack.queues.put('events', envelope);
    consumption.queued(stack.queues.url('events'), [envelope]);
  };
  return {
    stack,
    consumption,
    mails,
    async drained() {
      for (;;) {
        await stack.settle();
        await ses.caughtUp();
        await stack.settle();
        if ((stack.delayed.nextAt() ?? Number.POSITIVE_INFINITY) > stack.clock.now() + MINUTE) return;
        await sleep(100);
      }
    },
    loseEvents() {
      onEvent = () => undefined;
    },
    async stop() {
      await stack.stop();
      await ses.stop();
    },
  };
};
