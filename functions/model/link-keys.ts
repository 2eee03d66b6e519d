/** The keys of the links in mails: the first signs, retired ones only open what `links.ts` lets them. */
export type LinkKeys = readonly [current: Uint8Array, ...retired: Uint8Array[]];
