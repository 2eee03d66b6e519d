import { domainToASCII, domainToUnicode } from 'node:url';

/** Why an address was refused, from a closed list; pages have the words for each. */
export type AddressFault = 'empty' | 'not-an-address' | 'local-part' | 'domain' | 'reserved' | 'too-long';

export type ReadAddress =
  | {
      ok: true /** As typed, trimmed: mail goes here. */;
      address: string /** Identity: lower case, ASCII domain. */;
      key: string;
    }
  | { ok: false; why: AddressFault };

/** Dot-atom of RFC 5321 without quoted strings: nobody has one, and they carry injections. */
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** A top-level domain is never numeric (RFC 3696 2): this also refuses IPv4 literals. */
const TOP_LEVEL = /^(?:[a-z][a-z-]*[a-z]|xn--[a-z0-9-]+)$/;
/** Names that can never take mail (RFC 2606, RFC 6762, RFC 7686). */
const RESERVED = new Set(['test', 'invalid', 'localhost', 'local', 'onion']);
/** Characters that UTS 46 would fold away or into a dot: the reader saw something else than we would mail. */
const DECEPTIVE = /[\p{C}\p{Z}\u3002\uff0e\uff61]/u;
const ASCII_ODDITY = /[\0-,/:-@[-`{-\x7f]/;
/**
 * Spaces round an address are a slip of copying and are trimmed. Space only before it, or a line end that touches it,
 * is what a folded or injected header looks like (RFC 5322 2.2.3) and is refused; browsers send neither.
 */
const PADDED = /^(?: +(?=[^\s].*? \n?$))?([^\s](?:.*[^\s])?)(?: +\n?)?$/;

const asciiDomain = (domain: string): string | undefined => {
  if (DECEPTIVE.test(domain) || ASCII_ODDITY.test(domain)) return undefined;
  // Node answers '' for what UTS 46 refuses; it leaves underscores and hyphens at the rim, so labels are checked again.
  const ascii = domainToASCII(domain.toLowerCase());
  const labels = ascii.split('.');
  const good = labels.length >= 2 && labels.every((label) => LABEL.test(label)) && TOP_LEVEL.test(labels.at(-1) ?? '');
  return good && ascii.length <= 253 ? ascii : undefined;
};

/**
 * Reads what somebody typed as their mail address (RFC 5321 4.1.2 without quoting, UTS 46 domains).
 * Plus and dots are kept: they are part of the mailbox. A local part outside ASCII is refused because SES cannot mail it.
 * Reserved domains are refused unless `allowReserved` (local mode, where nothing leaves the machine).
 */
export const readAddress = (text: string, { allowReserved = false } = {}): ReadAddress => {
  const address = PADDED.exec(text)?.[1];
  if (address === undefined) return { ok: false, why: text.trim() === '' ? 'empty' : 'not-an-address' };
  const at = address.lastIndexOf('@');
  if (at < 1) return { ok: false, why: 'not-an-address' };
  const local = address.slice(0, at);
  if (local.length > 64) return { ok: false, why: 'too-long' };
  if (/[^\p{ASCII}]/u.test(local)) return { ok: false, why: 'local-part' };
  if (!LOCAL_PART.test(local)) return { ok: false, why: 'not-an-address' };
  const domain = asciiDomain(address.slice(at + 1));
  if (domain === undefined) return { ok: false, why: 'domain' };
  if (RESERVED.has(domain.slice(domain.lastIndexOf('.') + 1)) && !allowReserved) return { ok: false, why: 'reserved' };
  const key = `${local.toLowerCase()}@${domain}`;
  return key.length > 254 || address.length > 254 ? { ok: false, why: 'too-long' } : { ok: true, address, key };
};

/** An address as its owner writes it: browsers send `bücher.example` as `xn--bcher-kva.example`, which nobody knows again. */
export const shownAddress = (address: string): string => {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  const shown = /xn--/i.test(domain) ? domainToUnicode(domain) : domain;
  return `${address.slice(0, at)}${shown || domain}`;
};
