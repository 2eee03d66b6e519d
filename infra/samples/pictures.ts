import { readFileSync } from 'node:fs';

/** Drawn by draw-pictures.ts; the day files name them by number. */
const NAMES = new Set(['1.png', '2.png', '3.png', '4.png', '5.png', '6.png']);

/**
 * Where the sample feeds say that their pictures are. Mails show pictures from https alone and local mode speaks http, so its inbox puts
 * itself in this host's place, as a mail provider's picture proxy does.
 */
export const PICTURE_HOST = 'https://samples.example';

/** Where a page or mail fetches such a picture, and what local mode puts there. */
export const FROM_SAMPLES = `src="${PICTURE_HOST}/samples/`;
export const FROM_HERE = 'src="/samples/';

/** A PNG of 1104 x 560 that sample feeds link to, by file name; nothing for any other name. */
export const samplePicture = (name: string): Uint8Array | undefined =>
  NAMES.has(name) ? readFileSync(new URL(`./pictures/${name}`, import.meta.url)) : undefined;
