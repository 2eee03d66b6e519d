import type { MailStore, ReceivedMail } from './mail-store.ts';

/** A store that keeps mails only until somebody took them: for runs with more mails than memory. */
export interface PassingMails extends MailStore {
  /** The mails since the last call, in the order in which SES took them. */
  take(): ReceivedMail[];
  /** Mails and bytes since the start. */
  passed(): { mails: number; bytes: number };
  /** Counts a mail whose body is kept elsewhere. */
  pass(mail: Omit<ReceivedMail, 'id'>, bytes: number): ReceivedMail;
  /** When the last one came, by `performance.now()`. */
  lastAt(): number;
}

/** @param options.raw whether bodies are kept until taken */
export const createPassingMails = ({ raw = true } = {}): PassingMails => {
  let mails: ReceivedMail[] = [];
  const bodies = new Map<string, Uint8Array>();
  let count = 0;
  let bytes = 0;
  let lastAt = 0;
  const pass = (mail: Omit<ReceivedMail, 'id'>, length: number): ReceivedMail => {
    count += 1;
    bytes += length;
    lastAt = performance.now();
    const added = { id: String(count).padStart(6, '0'), ...mail };
    mails.push(added);
    return added;
  };
  return {
    pass,
    add(mail, body) {
      const added = pass(mail, body.length);
      if (raw) bodies.set(added.id, body);
      return added;
    },
    all: () => mails,
    raw: (id) => bodies.get(id),
    take() {
      const taken = mails;
      mails = [];
      bodies.clear();
      return taken;
    },
    passed: () => ({ mails: count, bytes }),
    lastAt: () => lastAt,
  };
};
