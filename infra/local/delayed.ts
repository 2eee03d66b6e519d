import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Instant, instant } from '../../functions/model/time.ts';

const held = z.object({ id: z.string(), url: z.string(), body: z.string(), dueAt: instant });

/** A message that waits on our clock: SQS would wait on real time, which a jump of the clock does not move. */
export type HeldMessage = z.infer<typeof held>;

/** Messages on their way to a queue, kept until our clock passes their time. */
export interface Delayed {
  hold(url: string, body: string, dueAt: Instant): void;
  /** Puts everything due on its queue; a message is forgotten only after its queue has it. */
  release(now: Instant): Promise<number>;
  waiting(): number;
  nextAt(): Instant | undefined;
}

const line = z.union([z.object({ put: held }), z.object({ done: z.string() })]);

const FILE = 'waiting.jsonl';

const readLine = (text: string): z.infer<typeof line> | undefined => {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    // the last line of a process that was killed
    return undefined;
  }
};

const load = (path: string): Map<string, HeldMessage> => {
  const messages = new Map<string, HeldMessage>();
  if (!existsSync(path)) return messages;
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    const read = text ? readLine(text) : undefined;
    if (read && 'put' in read) messages.set(read.put.id, read.put);
    else if (read) messages.delete(read.done);
  }
  return messages;
};

/**
 * @param options.dir where waiting messages are kept (an append-only file, written anew at each start); absent: in memory
 * @param options.send puts one message on a queue
 */
export const createDelayed = (options: {
  dir?: string | undefined;
  send: (url: string, body: string) => Promise<void>;
}): Delayed => {
  const path = options.dir === undefined ? undefined : join(options.dir, FILE);
  const messages = path === undefined ? new Map<string, HeldMessage>() : load(path);
  const write = (entry: z.infer<typeof line>): void => {
    if (path !== undefined) appendFileSync(path, `${JSON.stringify(entry)}\n`);
  };
  if (path !== undefined) {
    writeFileSync(`${path}.new`, [...messages.values()].map((put) => `${JSON.stringify({ put })}\n`).join(''));
    renameSync(`${path}.new`, path);
  }
  const inOrder = (): HeldMessage[] => [...messages.values()].sort((a, b) => a.dueAt - b.dueAt);
  return {
    hold(url, body, dueAt) {
      const put = { id: randomUUID(), url, body, dueAt };
      messages.set(put.id, put);
      write({ put });
    },
    async release(now) {
      const due = inOrder().filter((message) => message.dueAt <= now);
      for (const { id, url, body } of due) {
        // taken out before the send, so that two releases at once do not both send it; put back if the queue refuses
        const message = messages.get(id);
        if (!message || !messages.delete(id)) continue;
        try {
          await options.send(url, body);
        } catch (error) {
          messages.set(id, message);
          throw error;
        }
        write({ done: id });
      }
      return due.length;
    },
    waiting: () => messages.size,
    nextAt: () => inOrder()[0]?.dueAt,
  };
};
