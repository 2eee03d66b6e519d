import {
  type Delivery,
  type DeliveryState,
  delivery,
  type MailedStory,
  parseDeliveryId,
} from '../../model/delivery.ts';
import { BrokenRow, deliveryKept, expiresAt, KEYS, parseRow, type Row } from './table.ts';

/** Two hashes of four bytes, the turn, and how many bytes of the title follow. */
const FIXED = 10;

/** @throws RangeError for numbers that do not fit */
export const packStories = (stories: readonly MailedStory[]): Uint8Array =>
  Buffer.concat(
    stories.map(({ event, url, turn, title }) => {
      const bytes = Buffer.alloc(FIXED + title.length);
      bytes.writeUInt32BE(event, 0);
      bytes.writeUInt32BE(url, 4);
      bytes.writeUInt8(turn, 8);
      bytes.writeUInt8(title.length, 9);
      bytes.write(title, FIXED, 'latin1');
      return bytes;
    }),
  );

/** @throws RangeError for bytes that end within a story */
export const unpackStories = (packed: Uint8Array): MailedStory[] => {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const stories: MailedStory[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + FIXED + bytes.readUInt8(at + 9);
    if (end > bytes.length) throw new RangeError(`a story ends at ${end} of ${bytes.length} bytes`);
    stories.push({
      event: bytes.readUInt32BE(at),
      url: bytes.readUInt32BE(at + 4),
      turn: bytes.readUInt8(at + 8),
      title: bytes.toString('latin1', at + FIXED, end),
    });
    at = end;
  }
  return stories;
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
  mailed: { B: packStories(entry.stories) },
  ...(entry.evidenceAt === undefined ? {} : { evidenceAt: N(entry.evidenceAt) }),
  ...expiresAt(entry.dueAt + deliveryKept(entry.period)),
});

const number = (value: Row[string] | undefined): number | undefined =>
  value?.N === undefined ? undefined : Number(value.N);

const storiesIn = (row: Row): MailedStory[] => {
  try {
    return unpackStories(row.mailed?.B ?? new Uint8Array());
  } catch (error) {
    throw new BrokenRow(row, `stories: ${error instanceof Error ? error.message : error}`);
  }
};

/** @throws BrokenRow */
export const fromDeliveryRow = (row: Row): Delivery => {
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
    stories: storiesIn(row),
    evidenceAt: number(row.evidenceAt),
  });
};
