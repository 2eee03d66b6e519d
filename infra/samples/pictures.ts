import { readFileSync } from 'node:fs';

/** Drawn by draw-pictures.ts; the day files name them by number. */
const NAMES = new Set(['1.png', '2.png', '3.png', '4.png', '5.png', '6.png']);

/** A PNG of 1104 x 560 that sample feeds link to, by file name; nothing for any other name. */
export const samplePicture = (name: string): Uint8Array | undefined =>
  NAMES.has(name) ? readFileSync(new URL(`./pictures/${name}`, import.meta.url)) : undefined;
