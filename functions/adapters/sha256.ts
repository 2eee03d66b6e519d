import { hash } from 'node:crypto';

type Data = string | ArrayBuffer | ArrayBufferView;

/** SHA-256's block and digest, in bytes (FIPS 180-4). */
const BLOCK = 64;
const DIGEST = 32;

const bytesOf = (data: Data): Buffer => {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
};

const digestOf = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

/** HMAC's inner or outer key (RFC 2104), with room for what follows it. */
const padded = (key: Buffer, pad: number, room: number): Buffer => {
  const block = Buffer.alloc(BLOCK + room);
  block.set(key.length > BLOCK ? digestOf(key) : key);
  for (let at = 0; at < BLOCK; at++) block[at] = (block[at] ?? 0) ^ pad;
  return block;
};

/**
 * SHA-256, and with a secret HMAC-SHA-256, in the form that the SDK's clients take for signing. By one-shot hashes: the SDK's own way, an
 * `Hmac` of node:crypto, costs several times as much, and each call of AWS takes two.
 */
export class Sha256 {
  readonly digestLength = DIGEST;
  readonly #secret: Buffer | undefined;
  #parts: Buffer[] = [];

  constructor(secret?: Data) {
    this.#secret = secret === undefined ? undefined : bytesOf(secret);
  }

  update(data: Data): void {
    this.#parts.push(bytesOf(data));
  }

  reset(): void {
    this.#parts = [];
  }

  async digest(): Promise<Uint8Array> {
    const [first, ...others] = this.#parts;
    const message = first && others.length === 0 ? first : Buffer.concat(this.#parts);
    if (!this.#secret) return digestOf(message);
    const outer = padded(this.#secret, 0x5c, DIGEST);
    outer.set(digestOf(Buffer.concat([padded(this.#secret, 0x36, 0), message])), BLOCK);
    return digestOf(outer);
  }
}
