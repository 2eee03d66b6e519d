import { createHash } from 'node:crypto';
import type { SourceId } from '../model/source.ts';

/** The id of a private source: `p` and 120 bits of hash of its address, so that readers of one feed share it. */
export const privateSourceId = (url: string): SourceId =>
  `p${createHash('sha256').update(url).digest('hex').slice(0, 30)}`;

/** True for ids made by `privateSourceId`. */
export const isPrivateId = (id: SourceId): boolean => /^p[0-9a-f]{30}$/.test(id);

/** What messages and rows hold of an address. */
const LONGEST = 2048;

/** True for an address with a name or a password in it: another reader takes such, and we keep no secrets of anybody. */
export const holdsPassword = (text: string): boolean => /^https?:\/\/[^/?#\s]*@/i.test(text);

/** What a reader typed as a source's address, made whole: https where no scheme is given; nothing if it is no web address. */
export const readSourceAddress = (text: string): string | undefined => {
  const typed = text.trim().replace(/^feed:(\/\/)?/i, (_, slashes: string | undefined) => (slashes ? 'https://' : ''));
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (whole.length > LONGEST || !URL.canParse(whole)) return undefined;
  const url = new URL(whole);
  const plain = (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
  if (!plain || !/[.:]/.test(url.hostname)) return undefined;
  url.hash = '';
  // letters beyond ASCII take up to twelve characters each once they are encoded
  return url.href.length > LONGEST ? undefined : url.href;
};
