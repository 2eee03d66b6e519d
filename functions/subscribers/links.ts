import { timingSafeEqual } from 'node:crypto';
import { parseDeliveryId } from '../model/delivery.ts';
import type { DigestView } from '../model/digest.ts';
import type { LinkKeys } from '../model/link-keys.ts';
import type { Subscriber, SubscriberId } from '../model/subscriber.ts';
import { DAY, HOUR, type Instant } from '../model/time.ts';
import { keyedHash } from './keyed-hash.ts';
import { openBox, sealBox } from './sealed.ts';

/** Absolute addresses that act for one reader. Whoever holds one may do what its purpose allows and nothing else. */
export interface Links {
  confirm(subscriber: Pick<Subscriber, 'id'>, now: Instant): string;
  /** Preferences; goes into every digest. */
  manage(subscriber: Owner, now: Instant): string;
  /** Preferences, and what would be dangerous in a forwarded mail: address, deletion, private sources. Only mailed when asked for. */
  own(subscriber: Owner, now: Instant): string;
  pause(subscriber: Owner, now: Instant): string;
  unsubscribe(subscriber: Pick<Subscriber, 'id'>): string;
  /** Takes the new address on; it travels sealed inside the token. */
  address(subscriber: Owner, to: string, now: Instant): string;
  /** The web version of a delivery. */
  web(delivery: string): string;
  /** All links of one digest: each the same as when made alone, together by two keyed hashes. */
  digest(
    subscriber: Owner,
    delivery: string,
    now: Instant,
  ): Pick<DigestView['links'], 'manage' | 'pause' | 'unsubscribe'> & {
    web: string;
  };
}

type Owner = Pick<Subscriber, 'id' | 'generation'>;

export type Purpose = 'confirm' | 'manage' | 'own' | 'pause' | 'unsubscribe' | 'address' | 'web';

interface Form {
  letter: string;
  path: string;
  lifeMs: number;
  /** What the keyed hash begins with: purposes that are mailed together share one hash. */
  family: string;
  /** Which part of the hash is the tag. No two purposes share family and part. */
  part: 0 | 1 | 2;
}

/** A link that opens everything lives shorter than any other: half a day, for mail that is slow to arrive. */
export const OWN_MS = 12 * HOUR;

/** Unsubscribing works for as long as its key is kept: people leave from mails that are years old (CAN-SPAM, RFC 8058). */
const FORMS: Readonly<Record<Purpose, Form>> = {
  confirm: { letter: 'c', path: '/c/', lifeMs: 2 * DAY, family: 'c', part: 0 },
  manage: { letter: 'm', path: '/m/', lifeMs: 30 * DAY, family: 'd', part: 0 },
  own: { letter: 'o', path: '/m/', lifeMs: OWN_MS, family: 'o', part: 0 },
  pause: { letter: 'p', path: '/p/', lifeMs: 30 * DAY, family: 'd', part: 1 },
  unsubscribe: { letter: 'u', path: '/u/', lifeMs: Number.POSITIVE_INFINITY, family: 'd', part: 2 },
  address: { letter: 'a', path: '/a/', lifeMs: 2 * DAY, family: 'a', part: 0 },
  web: { letter: 'w', path: '/w/', lifeMs: Number.POSITIVE_INFINITY, family: 'w', part: 0 },
};

/**
 * What a retired key still opens. It may have been retired because it leaked, and ids of readers are no secret: they stand in every link
 * and log line. So it may do no more than end a subscription, which nobody reads anything by and the reader can begin again. A web version
 * shows what somebody reads, stories of private sources too, and of a known reader the days can be guessed, coming ones included; it lives for
 * two months at most anyway.
 */
const RETIRED_OPENS: ReadonlySet<Purpose> = new Set<Purpose>(['unsubscribe']);

/** Version of the token's form; a new one is added beside it. Tokens do not say their key: the few that there are get tried. */
const VERSION = '1';
const MAC_LENGTH = 22;
const TOKEN = /^([a-z0-9]{2})(?:([A-Za-z0-9_-]*))([A-Za-z0-9_-]{22})$/;
const SUBJECT = /^([a-z0-9]{16})([a-z0-9]{7})([a-z0-9]+)(?:-([A-Za-z0-9_-]+))?$/;

type Hash = ReturnType<typeof keyedHash>;

/** 66 signs for three tags of 132 bits: parts of one output of a keyed hash tell nothing of each other. */
const familyHash = (hash: Hash, { family }: Form, body: string): string => hash(`link ${VERSION}${family}${body}`);

const tagOf = (whole: string, { part }: Form): string => whole.slice(part * MAC_LENGTH, (part + 1) * MAC_LENGTH);

const seconds = (at: Instant): string =>
  Math.floor(at / 1000)
    .toString(36)
    .padStart(7, '0');

/** Makes links whose tokens are a purpose, an id, the instant of issue and the generation, under 132 bits of HMAC-SHA-512. */
export const createLinks = (publicUrl: string, key: Uint8Array): Links => {
  const base = publicUrl.replace(/\/+$/, '');
  const hash = keyedHash(key);
  const write = (form: Form, body: string, hashed: string): string =>
    `${base}${form.path}${VERSION}${form.letter}${body}${tagOf(hashed, form)}`;
  const link = (purpose: Purpose, body: string): string =>
    write(FORMS[purpose], body, familyHash(hash, FORMS[purpose], body));
  const of = (id: SubscriberId, issuedAt: Instant, generation: number): string =>
    `${id}${seconds(issuedAt)}${generation.toString(36)}`;
  return {
    confirm: ({ id }, now) => link('confirm', of(id, now, 0)),
    manage: ({ id, generation }, now) => link('manage', of(id, now, generation)),
    own: ({ id, generation }, now) => link('own', of(id, now, generation)),
    pause: ({ id, generation }, now) => link('pause', of(id, now, generation)),
    unsubscribe: ({ id }) => link('unsubscribe', of(id, 0, 0)),
    address: ({ id, generation }, to, now) => link('address', `${of(id, now, generation)}-${sealBox(key, id, to)}`),
    web: (delivery) => link('web', delivery),
    digest({ id, generation }, delivery, now) {
      const body = of(id, now, generation);
      const hashed = familyHash(hash, FORMS.manage, body);
      return {
        manage: write(FORMS.manage, body, hashed),
        pause: write(FORMS.pause, body, hashed),
        unsubscribe: write(FORMS.unsubscribe, body, hashed),
        web: link('web', delivery),
      };
    },
  };
};

export type OpenedLink =
  | { ok: true; purpose: 'web'; delivery: string }
  | { ok: true; purpose: 'address'; id: SubscriberId; issuedAt: Instant; generation: number; to: string }
  | {
      ok: true;
      purpose: Exclude<Purpose, 'web' | 'address'>;
      id: SubscriberId;
      issuedAt: Instant;
      /** The subscriber's generation when it was issued; the caller compares it where the purpose has one. */
      generation: number;
      /** Signed by a key that has been replaced since: it ends a subscription, and takes nothing back. */
      retired: boolean;
    }
  | { ok: false; why: 'forged' | 'expired' };

const FORGED = { ok: false, why: 'forged' } as const;

const purposeOf = (letter: string): Purpose | undefined => {
  for (const purpose of ['confirm', 'manage', 'own', 'pause', 'unsubscribe', 'address', 'web'] as const)
    if (FORMS[purpose].letter === letter) return purpose;
  return undefined;
};

interface Authentic {
  purpose: Purpose;
  body: string;
  key: Uint8Array;
  retired: boolean;
}

/** @param spelt how a right tag may be written */
const authentic = (keys: LinkKeys, token: string, spelt = (tag: string) => tag): Authentic | undefined => {
  const [, head, body, tag] = TOKEN.exec(token) ?? [];
  if (head === undefined || body === undefined || tag === undefined || !head.startsWith(VERSION)) return undefined;
  const purpose = purposeOf(head.slice(1));
  if (purpose === undefined) return undefined;
  const form = FORMS[purpose];
  const isRight = (key: Uint8Array): boolean =>
    timingSafeEqual(Buffer.from(tag), Buffer.from(spelt(tagOf(familyHash(keyedHash(key), form, body), form))));
  const key = keys.find(isRight);
  return key && { purpose, body, key, retired: key !== keys[0] };
};

const opened = (read: Authentic | undefined, now: Instant): OpenedLink => {
  if (!read) return FORGED;
  const { purpose, key, retired } = read;
  if (retired && !RETIRED_OPENS.has(purpose)) return { ok: false, why: 'expired' };
  if (purpose === 'web') return parseDeliveryId(read.body) ? { ok: true, purpose, delivery: read.body } : FORGED;
  const [, id, issued, generation, sealed] = SUBJECT.exec(read.body) ?? [];
  if (!id || !issued || !generation) return FORGED;
  const issuedAt = Number.parseInt(issued, 36) * 1000;
  if (now - issuedAt > FORMS[purpose].lifeMs) return { ok: false, why: 'expired' };
  const subject = { id, issuedAt, generation: Number.parseInt(generation, 36) };
  if (purpose !== 'address') return { ok: true, purpose, ...subject, retired };
  const to = sealed && openBox(key, id, sealed);
  return to ? { ok: true, purpose, ...subject, to } : FORGED;
};

/**
 * Opens a token of any purpose; the route then takes only its own. Expiry is judged here, in code, whatever is stored; what a retired key
 * opens no more has expired with it.
 */
export const openLink = (keys: LinkKeys, token: string, now: Instant): OpenedLink =>
  opened(authentic(keys, token), now);

/**
 * `openLink` for a token that came as a part of an address: some servers write these in small letters. One that ends a subscription opens so, too;
 * of its 132 bits 114 are left.
 */
export const openFromAddress = (keys: LinkKeys, token: string, now: Instant): OpenedLink => {
  const small = authentic(keys, token, (tag) => tag.toLowerCase());
  return small?.purpose === 'unsubscribe' ? opened(small, now) : openLink(keys, token, now);
};
