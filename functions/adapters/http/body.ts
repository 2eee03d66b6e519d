import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

/** How much of a body is taken: bytes on the wire if compressed, and bytes of the document. */
export interface BodyLimits {
  compressed: number;
  decoded: number;
}

export type Body = { kind: 'body'; bytes: Uint8Array } | { kind: 'too-large' } | { kind: 'broken' };

const TOO_LARGE = { kind: 'too-large' } as const;

const unzip = promisify(gunzip);
const unbrotli = promisify(brotliDecompress);
const undeflate = promisify(inflate);
const undeflateRaw = promisify(inflateRaw);

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
/** A zlib header: deflate with a check sum that fits; servers also send deflate bare. */
const isZlib = (bytes: Uint8Array): boolean =>
  ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0;

/** One layer of Content-Encoding; a word that is no coding (`utf-8`, `none`) says nothing of the bytes, as in browsers. zlib checks gzip's trailer, so that a truncated body is an error and not a short feed. */
const decodeOnce = async (coding: string, bytes: Uint8Array, decoded: number): Promise<Uint8Array> => {
  const options = { maxOutputLength: decoded };
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return isGzip(bytes) ? unzip(bytes, options) : bytes;
    case 'deflate':
      return isZlib(bytes) ? undeflate(bytes, options) : undeflateRaw(bytes, options);
    case 'br':
      return unbrotli(bytes, options);
    default:
      return bytes;
  }
};

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

/** The bytes of a stream, unless they are more than `limit`; then nothing, and the stream is left where it is. */
const collect = async (stream: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
};

/**
 * Reads and decodes a response body within the limits. Throws what the stream throws; a body that is not what its headers
 * say, or ends early, is `broken`.
 */
export const readBody = async (
  stream: AsyncIterable<Uint8Array>,
  headers: Readonly<Record<string, string>>,
  limits: BodyLimits,
): Promise<Body> => {
  const codings = (headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > 2) return { kind: 'broken' };
  const limit = codings.length ? limits.compressed : limits.decoded;
  if (Number(headers['content-length'] ?? 0) > limit) return TOO_LARGE;
  let bytes = await collect(stream, limit);
  if (bytes === undefined) return TOO_LARGE;
  try {
    for (const coding of codings.reverse()) bytes = await decodeOnce(coding, bytes, limits.decoded);
  } catch (error) {
    return isTooLarge(error) ? TOO_LARGE : { kind: 'broken' };
  }
  return { kind: 'body', bytes };
};
