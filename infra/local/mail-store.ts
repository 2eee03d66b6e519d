import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { instant } from '../../functions/model/time.ts';
import { makeFolder } from '../folder.ts';

export const receivedMail = z.object({
  /** Six digits, counting up: also the file's name. */
  id: z.string(),
  messageId: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  /** By our clock. */
  at: instant,
  tags: z.record(z.string(), z.string()),
  configurationSet: z.string().nullable(),
});

/** What came with one SendRawEmail call that SES took. */
export type ReceivedMail = z.infer<typeof receivedMail>;

/** The mails that the SES endpoint took, as they were handed over. Nothing is ever changed or removed. */
export interface MailStore {
  add(mail: Omit<ReceivedMail, 'id'>, raw: Uint8Array): ReceivedMail;
  all(): readonly ReceivedMail[];
  raw(id: string): Uint8Array | undefined;
}

const INDEX = 'mails.jsonl';

const readMail = (text: string): ReceivedMail[] => {
  try {
    return [receivedMail.parse(JSON.parse(text))];
  } catch {
    // the last line of a process that was killed: its mail was never answered for
    return [];
  }
};

const nextId = (count: number): string => String(count + 1).padStart(6, '0');

const createMemoryStore = (): MailStore => {
  const mails: ReceivedMail[] = [];
  const raws = new Map<string, Uint8Array>();
  return {
    add(mail, raw) {
      const added = { id: nextId(mails.length), ...mail };
      mails.push(added);
      raws.set(added.id, raw);
      return added;
    },
    all: () => mails,
    raw: (id) => raws.get(id),
  };
};

/**
 * Mails as `mails/ID.eml` of a directory.
 * @param dir absent: in memory
 * @param options.index whether the store outlives the process: what came with each mail is then kept in `mails.jsonl`
 */
export const createMailStore = (dir?: string, { index = true } = {}): MailStore => {
  if (dir === undefined) return createMemoryStore();
  makeFolder(join(dir, 'mails'));
  const path = join(dir, INDEX);
  const mails =
    index && existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean).flatMap(readMail) : [];
  const fileOf = (id: string): string => join(dir, 'mails', `${id}.eml`);
  return {
    add(mail, raw) {
      const added = { id: nextId(Number(mails.at(-1)?.id ?? 0)), ...mail };
      // the mail first: an index line always has its file
      writeFileSync(fileOf(added.id), raw);
      if (index) appendFileSync(path, `${JSON.stringify(added)}\n`);
      mails.push(added);
      return added;
    },
    all: () => mails,
    raw: (id) => (mails.some((mail) => mail.id === id) ? readFileSync(fileOf(id)) : undefined),
  };
};
