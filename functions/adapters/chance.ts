import { randomBytes } from 'node:crypto';
import type { Chance } from '../ports.ts';

/** The largest multiple of 36 in a byte: bytes from here on would make the first digits likelier, so they are thrown away. */
const FAIR = 252;

/** Unguessable ids from the system's source of randomness: sixteen digits are 82 bits. */
export const systemChance: Chance = {
  id(length) {
    let digits = '';
    while (digits.length < length) {
      for (const byte of randomBytes(length)) {
        if (byte < FAIR && digits.length < length) digits += (byte % 36).toString(36);
      }
    }
    return digits;
  },
};
