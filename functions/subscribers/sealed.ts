import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

/**
 * A text only we can read, for a link that must carry an address without showing it. AES-256-GCM under a key of its own;
 * the nonce is derived from owner and text (as in RFC 8452's synthetic IV), because the domain has no randomness: equal
 * texts of one owner seal alike, which tells nobody anything.
 */
export const sealBox = (key: Uint8Array, owner: string, text: string): string => {
  const nonce = createHmac('sha256', key).update(`nonce ${owner} ${text}`).digest().subarray(0, 12);
  const cipher = createCipheriv('aes-256-gcm', boxKey(key), nonce).setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
};

/** The text of a box sealed for this owner; nothing if it was altered. */
export const openBox = (key: Uint8Array, owner: string, box: string): string | undefined => {
  const bytes = Buffer.from(box, 'base64url');
  if (bytes.length < 29) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', boxKey(key), bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
};

const boxKey = (key: Uint8Array): Buffer => createHmac('sha256', key).update('box').digest();
