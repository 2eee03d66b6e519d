import { tellRefusal } from '../digest/hand-over.ts';
import { NotNow, type Pace } from '../digest/pace.ts';
import type { Press } from '../digest/press/press.ts';
import { silentSince } from '../digest/stopped-sources.ts';
import type { DeliveryState } from '../model/delivery.ts';
import type { LetterMessage } from '../model/messages.ts';
import { getsMailAt, type Subscriber } from '../model/subscriber.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../model/time.ts';
import type { Clock, Control, Log, Mailer, Sources, Subscribers } from '../ports.ts';
import { readAddress } from './address.ts';
import { type Links, OWN_MS } from './links.ts';

/** What sending letters needs. */
export interface LetterPorts {
  subscribers: Pick<Subscribers, 'byId'>;
  sources: Pick<Sources, 'byId'>;
  control: Pick<Control, 'suppressed' | 'withinLimit'>;
  mailer: Pick<Mailer, 'send'>;
  pace: Pace;
  press: Pick<Press, 'letter'>;
  links: Links;
  clock: Clock;
  log: Log;
  /** Makes and sends a digest outside the calendar, once for each kind and local date. Throws if it must be tried again. */
  digestNow: (subscriber: Subscriber, asked: { kind: 'welcome' | 'now'; askedAt: Instant }) => Promise<DeliveryState>;
}

type Letter = Extract<LetterMessage, { kind: 'confirm' | 'manage' | 'address-change' | 'source-stopped' }>;

/** When to ask SES again, by what it said. A rate recovers in seconds, a quota as the day rolls on; the rest is for the operator to mend. */
const WAITS = { throttled: 5_000, quota: 5 * MINUTE, paused: 15 * MINUTE, misconfigured: 15 * MINUTE } as const;

/** What nobody waits for any more: its links would be dead or its news old. */
const STALE_MS = 2 * DAY;

/** Whether the reader still stands where this letter makes sense: they may have confirmed or left since it was queued. */
const isWanted = (kind: LetterMessage['kind'], subscriber: Subscriber, now: Instant): boolean => {
  const { status } = subscriber;
  switch (kind) {
    case 'confirm':
      return status.kind === 'pending';
    case 'manage':
    case 'now':
      return status.kind === 'active' || status.kind === 'paused';
    case 'address-change':
      return status.kind !== 'left';
    case 'welcome':
    case 'source-stopped':
      return getsMailAt(subscriber, now);
    default:
      return kind satisfies never;
  }
};

const finish = async (ports: LetterPorts, message: Letter, subscriber: Subscriber): Promise<string | undefined> => {
  const now = ports.clock.now();
  const { language, zone } = subscriber.preferences;
  const envelope = { to: recipientOf(message, subscriber), date: now };
  const press = (
    letter: Parameters<Press['letter']>[0],
    more: { unsubscribe?: string; reply?: boolean } = {},
  ): string => ports.press.letter(letter, { ...envelope, ...more }).raw;
  switch (message.kind) {
    case 'confirm':
      return press(
        { kind: 'confirm', language, link: ports.links.confirm(subscriber, now), hours: 48 },
        { reply: message.reply === true },
      );
    case 'manage':
      return press(
        { kind: 'manage', language, link: ports.links.own(subscriber, now), hours: OWN_MS / HOUR },
        { reply: message.reply === true },
      );
    case 'address-change': {
      const link = ports.links.address(subscriber, message.to, now);
      return press({ kind: 'address-change', language, link, hours: 48 });
    }
    case 'source-stopped': {
      const source = await ports.sources.byId(message.source);
      const sinceAt = source && silentSince(source);
      if (!source || sinceAt === undefined) return undefined;
      const { title } = source;
      const link = ports.links.manage(subscriber, now);
      // nobody asked for this one, so it can be answered by leaving, as a digest can
      return press(
        { kind: 'source-stopped', language, link, title, sinceAt, zone },
        { unsubscribe: ports.links.unsubscribe(subscriber) },
      );
    }
    default:
      return message satisfies never;
  }
};

const recipientOf = (message: LetterMessage, subscriber: Subscriber): string =>
  message.kind === 'address-change' ? message.to : subscriber.address;

const keyOf = (message: LetterMessage, subscriber: Subscriber): string | undefined => {
  if (message.kind !== 'address-change') return subscriber.addressKey;
  const read = readAddress(message.to, { allowReserved: true });
  return read.ok ? read.key : undefined;
};

const mailLetter = async (ports: LetterPorts, message: Letter, subscriber: Subscriber): Promise<string> => {
  const raw = await finish(ports, message, subscriber);
  if (!raw) return 'no-cause';
  const to = recipientOf(message, subscriber);
  const outcome = await ports.mailer.send({ to, raw, tags: { letter: `${message.kind}_${subscriber.id}` } });
  switch (outcome.kind) {
    case 'accepted':
      return 'accepted';
    case 'refused': {
      const { error, message: why } = outcome;
      if (error === 'rejected') return `rejected: ${why}`;
      await tellRefusal(ports, error, why);
      throw new NotNow(error, WAITS[error]);
    }
    case 'unknown': {
      // twice is harmless, many times is not: one repeat
      const key = `letter-unknown/${message.kind}/${subscriber.id}/${message.askedAt}`;
      if (await ports.control.withinLimit(key, 1, DAY, ports.clock.now()))
        throw new Error('a letter may not have left');
      return 'unknown';
    }
    default:
      return outcome satisfies never;
  }
};

/** Waits for a place in the lane of letters. A digest that was asked for takes its own. */
const takePlace = async ({ pace }: LetterPorts, kind: LetterMessage['kind']): Promise<void> => {
  if (kind === 'welcome' || kind === 'now') return;
  const permit = await pace.take();
  if (permit.kind === 'held') throw new NotNow(permit.why, permit.waitMs);
};

/**
 * Sends one letter, or the first digest, or the one asked for. Letters that are stale or no longer wanted and letters to
 * suppressed addresses are dropped here, so that the pages never need to know.
 * @throws NotNow if SES took nothing for a reason that passes; other errors where the queue shall try again
 */
export const sendLetter = async (ports: LetterPorts, message: LetterMessage): Promise<void> => {
  const done = (outcome: string): void =>
    ports.log.info('letter.done', { subscriber: message.subscriber, letter: message.kind, outcome });
  if (ports.clock.now() - message.askedAt > STALE_MS) return done('stale');
  // before the look at what the reader wants now: a place may take seconds to come
  await takePlace(ports, message.kind);
  const subscriber = await ports.subscribers.byId(message.subscriber);
  if (!subscriber || !isWanted(message.kind, subscriber, ports.clock.now())) return done('unwanted');
  const key = keyOf(message, subscriber);
  if (key === undefined || (await ports.control.suppressed(key))) return done('suppressed');
  if (message.kind === 'welcome' || message.kind === 'now')
    return done((await ports.digestNow(subscriber, { kind: message.kind, askedAt: message.askedAt })).kind);
  return done(await mailLetter(ports, message, subscriber));
};
