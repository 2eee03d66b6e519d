import {
  type Delivery,
  type DeliveryState,
  delivery,
  type MailedStory,
  parseDeliveryId,
} from '../../model/delivery.ts';
import { BrokenRow, deliveryKept, expiresAt, KEYS, parseRow, type Row } from './table.ts';

/** Three hashes of six bytes and the turn. Forty of them are 760 bytes: the whole row stays within one write unit. */
const PACKED = 19;
const HASH = 6;

const hashBytes = (hash: string): Buffer => {
  const bytes = Buffer.from(hash, 'base64url');
  if (bytes.length !== HASH) throw new Error('a mailed story is kept by hashes of six bytes in base64url');
  return bytes;
};

export const packStories = (stories: readonly MailedStory[]): Uint8Array =>
  Buffer.concat(
    stories.flatMap(({ story, event, url, turn }) => [
      hashBytes(story),
      hashBytes(event),
      hashBytes(url),
      Buffer.from([turn]),
    ]),
  );

export const unpackStories = (packed: Uint8Array): MailedStory[] => {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const hashAt = (start: number): string => bytes.toString('base64url', start, start + HASH);
  return Array.from({ length: bytes.length / PACKED }, (_, n) => ({
    story: hashAt(n * PACKED),
    event: hashAt(n * PACKED + HASH),
    url: hashAt(n * PACKED + 2 * HASH),
    turn: bytes[n * PACKED + 3 * HASH] ?? 0,
  }));
};

/** Where the dashes of SES's message ids stand, among hex digits. */
const DASHES = [16, 24, 28, 32, 36, 48];
const SES_ID = /^[0-9a-f]{16}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-[0-9a-f]{6}$/;

/** SES's ids are sixty characters for 27 bytes: packed, a row is a sixteenth shorter for as long as it is kept. Others stay text. */
const packMessageId = (id: string): Row[string] =>
  SES_ID.test(id) ? { B: Buffer.from(id.replaceAll('-', ''), 'hex') } : { S: id };

const unpackMessageId = (value: Row[string] | undefined): string | undefined => {
  if (!value?.B) return value?.S;
  const digits = Buffer.from(value.B).toString('hex');
  return [0, ...DASHES].map((from, n) => digits.slice(from, DASHES[n])).join('-');
};

const N = (n: number): Row[string] => ({ N: String(n) });

/** The attributes that hold a state; those a state lacks are removed when it is written. */
export const STATE_ATTRIBUTES = ['kind', 'at', 'attempt', 'messageId', 'reason'] as const;

export const stateRow = (state: DeliveryState): Row => ({
  kind: { S: state.kind },
  at: N(state.at),
  ...('attempt' in state ? { attempt: N(state.attempt) } : {}),
  ...('messageId' in state && state.messageId !== undefined ? { messageId: packMessageId(state.messageId) } : {}),
  ...('reason' in state ? { reason: { S: state.reason } } : {}),
});

export const toDeliveryRow = (entry: Delivery): Row => ({
  ...KEYS.delivery(entry.subscriber, entry.period),
  v: N(entry.v),
  dueAt: N(entry.dueAt),
  ...stateRow(entry.state),
  edition: N(entry.edition),
  preferences: N(entry.preferences),
  stories: { B: packStories(entry.stories) },
  ...(entry.evidenceAt === undefined ? {} : { evidenceAt: N(entry.evidenceAt) }),
  ...expiresAt(entry.dueAt + deliveryKept(entry.period)),
});

const number = (value: Row[string] | undefined): number | undefined =>
  value?.N === undefined ? undefined : Number(value.N);

/** @throws BrokenRow */
export const fromDeliveryRow = (row: Row): Delivery => {
  const packed = row.stories?.B ?? new Uint8Array();
  if (packed.length % PACKED !== 0) throw new BrokenRow(row, `stories are ${packed.length} bytes`);
  return parseRow(delivery, row, {
    v: number(row.v),
    ...parseDeliveryId(`${row.pk?.S}_${row.sk?.S}`),
    dueAt: number(row.dueAt),
    state: {
      kind: row.kind?.S,
      at: number(row.at),
      attempt: number(row.attempt),
      messageId: unpackMessageId(row.messageId),
      reason: row.reason?.S,
    },
    edition: number(row.edition),
    preferences: number(row.preferences),
    stories: unpackStories(packed),
    evidenceAt: number(row.evidenceAt),
  });
};
