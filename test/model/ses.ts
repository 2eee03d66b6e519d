import type { OutgoingMail, SendOutcome } from '../../functions/model/mail.ts';
import type { SesEvent } from '../../functions/model/ses-event.ts';
import type { Instant } from '../../functions/model/time.ts';
import type { Mailer } from '../../functions/ports.ts';
import type { ANSWERS, History } from './history.ts';
import type { Run, Workers } from './workers.ts';
import type { Work } from './world.ts';

type Answer = (typeof ANSWERS)[number];

/** A mail that SES took: its own record, not the product's. */
export interface Accepted {
  messageId: string;
  delivery: string;
  titles: string[];
  at: Instant;
  run: Run<Work>;
}

const UNKNOWN: SendOutcome = { kind: 'unknown', message: 'no answer' };
const TAKEN: readonly Answer[] = ['accepted', 'lost', 'thrown'];

const eventOf = (
  kind: 'Send' | 'Delivery',
  delivery: string,
  to: string,
  at: Instant,
  messageId: string,
): SesEvent => ({
  eventType: kind,
  mail: { messageId, timestamp: new Date(at).toISOString(), destination: [to], tags: { delivery: [delivery] } },
});

/** An SES that takes mails, answers and tells of them as the history says. */
export const createSes = (
  of: History,
  workers: Workers<Work>,
  accepted: (mail: Accepted) => void,
): Mailer & { of(run: Run<Work>): Mailer } => {
  const answers = [...of.answers];
  const events = [...of.events];
  let taken = 0;
  const tell = ({ to, tags }: OutgoingMail, messageId: string): void => {
    const { send, delivery, twice } = events.shift() ?? { send: 0, delivery: 0, twice: false };
    if (of.road === 'down') return;
    const now = workers.now();
    for (const [kind, late] of [
      ['Send', send],
      ['Delivery', delivery],
    ] as const) {
      const event = eventOf(kind, tags.delivery ?? '', to, now, messageId);
      for (let copy = 0; late !== null && copy < (twice ? 2 : 1); copy++)
        workers.put({ kind: 'event', event }, now + late + copy * 3000);
    }
  };
  const answer = (run: Run<Work>, mail: OutgoingMail): SendOutcome => {
    const as = answers.shift() ?? 'accepted';
    if (as === 'dropped') return UNKNOWN;
    if (!TAKEN.includes(as)) return { kind: 'refused', error: as as 'throttled' | 'quota' | 'rejected', message: as };
    const messageId = `m${taken++}`;
    const titles = mail.raw.split('\n').slice(1);
    accepted({ messageId, delivery: mail.tags.delivery ?? '', titles, at: workers.now(), run });
    tell(mail, messageId);
    if (as === 'thrown') throw new Error('socket hang up');
    return as === 'lost' ? UNKNOWN : { kind: 'accepted', messageId };
  };
  const quota = async () => ({ maxPer24h: 50_000, ratePerSecond: 14, sentLast24h: taken });
  const unbound = async (): Promise<SendOutcome> => {
    throw new Error('a mail of no worker');
  };
  return { send: unbound, quota, of: (run) => ({ quota, send: async (mail) => answer(run, mail) }) };
};
