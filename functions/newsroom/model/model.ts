import * as z from 'zod';
import { TOPICS } from '../../model/topic.ts';

/** Base64 of a little-endian typed array. */
const packed = z.base64();

/** The weights file as `npm run train` writes it: tables computed from the training data, never its texts. Every part may be missing. */
export const weightsFile = z.object({
  v: z.literal(1),
  /** SHA-256 of all that follows, hex. */
  hash: z.string().optional(),
  /** How often terms occur in general news: term hashes ascending, and 16 ln(1 + count). */
  background: z.object({ stories: z.number(), terms: packed, counts: packed }).optional(),
});

export type WeightsFile = z.infer<typeof weightsFile>;

/** General word frequencies, by term hash. */
export interface Background {
  stories: number;
  counts: ReadonlyMap<number, number>;
}

/** What the newsroom has learned. Each part may be absent: then the rules that need no learning stand alone. */
export interface Model {
  hash: string;
  background: Background | undefined;
}

/** Knows nothing: priors, word overlap and counting only. */
export const EMPTY_MODEL: Model = { hash: 'none', background: undefined };

const bytesOf = (base64: string): ArrayBuffer => {
  const { buffer, byteOffset, byteLength } = Buffer.from(base64, 'base64');
  return buffer.slice(byteOffset, byteOffset + byteLength);
};

const u32 = (base64: string): Uint32Array => new Uint32Array(bytesOf(base64));
const u8 = (base64: string): Uint8Array => new Uint8Array(bytesOf(base64));

const unpackBackground = (file: NonNullable<WeightsFile['background']>): Background => {
  const counts = u8(file.counts);
  return {
    stories: file.stories,
    counts: new Map(
      u32(file.terms)
        .entries()
        .map(([i, term]) => [term, Math.expm1((counts[i] ?? 0) / 16)]),
    ),
  };
};

/** A model from a weights file. Throws a ZodError if it is none. */
export const readModel = (json: unknown): Model => {
  const file = weightsFile.parse(json);
  return { hash: file.hash ?? 'none', background: file.background && unpackBackground(file.background) };
};

export const TOPIC_COUNT = TOPICS.length;
