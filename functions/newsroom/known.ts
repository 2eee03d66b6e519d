import { createHash } from 'node:crypto';

/** Bytes of one hash: among the few hundred of one source, two meet by chance once in 10^9 feeds. */
const WIDTH = 6;
/** Hashes kept beyond those of the current document, so that a story that leaves the feed and returns is no news. */
const KEPT_BEFORE = 80;
/** Hashes kept at most; the whole list is then 4,800 bytes. */
const MOST = 800;

/** The mark by which a story's id, address or words are remembered. */
export const markOf = (key: string): string => createHash('sha256').update(key).digest().toString('latin1', 0, WIDTH);

/** The marks in a packed list, newest first. A list that was cut within a mark loses that one. */
export const unpackKnown = (packed: Uint8Array): string[] => {
  const text = Buffer.from(packed).toString('latin1');
  return Array.from({ length: Math.floor(text.length / WIDTH) }, (_, i) => text.slice(i * WIDTH, (i + 1) * WIDTH));
};

/**
 * The list after a document with the marks `current` was seen: these first, then the newest of the earlier ones. Returns the
 * same bytes if nothing in `current` is new, so that nothing need be written.
 */
export const remember = (packed: Uint8Array, current: readonly string[]): Uint8Array => {
  const before = unpackKnown(packed);
  const had = new Set(before);
  if (current.every((mark) => had.has(mark))) return packed;
  const now = new Set(current);
  const earlier = before.filter((mark) => !now.has(mark));
  const marks = [...now].slice(0, MOST);
  const room = Math.min(MOST - marks.length, Math.max(KEPT_BEFORE, marks.length));
  return new Uint8Array(Buffer.from([...marks, ...earlier.slice(0, room)].join(''), 'latin1'));
};
