import * as z from 'zod';
import { TermMap } from './term-map.ts';

/** Base64 of a little-endian typed array. Checked by its length when it is unpacked: a pattern over megabytes costs too long. */
export const packed = z.string();

const bufferOf = (base64: string): ArrayBuffer => {
  const { buffer, byteOffset, byteLength } = Buffer.from(base64, 'base64');
  const copy = new ArrayBuffer(byteLength);
  new Uint8Array(copy).set(new Uint8Array(buffer, byteOffset, byteLength));
  return copy;
};

export const u32 = (base64: string): Uint32Array => new Uint32Array(bufferOf(base64));
export const u8 = (base64: string): Uint8Array => new Uint8Array(bufferOf(base64));
export const i8 = (base64: string): Int8Array => new Int8Array(bufferOf(base64));
export const f32 = (base64: string): Float32Array => new Float32Array(bufferOf(base64));

/** The base64 of a typed array. */
export const pack = (array: Uint32Array | Uint8Array | Int8Array | Float32Array): string =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');

/** Where each term stands in a table; undefined for terms that it does not hold. */
export type TermIndex = Pick<ReadonlyMap<number, number>, 'get'>;

/** The place of each term in a table. */
export const indexOf = (terms: Uint32Array): TermIndex => {
  const places = new TermMap({ expected: terms.length });
  for (let at = 0; at < terms.length; at++) places.set(terms[at] ?? 0, at + 1);
  return {
    get: (term) => {
      const place = places.get(term);
      return place === 0 ? undefined : place - 1;
    },
  };
};

/** Rarities are kept in sixteenths. */
export const SIXTEENTH = 1 / 16;
