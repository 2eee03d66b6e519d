/** A DKIM-Signature, as far as it says who signs. */
export interface Signature {
  domain: string;
  /** Nothing in it is amiss or rare, so that no verifier passes over it in silence (RFC 6376 6.1.1). */
  isPlain: boolean;
}

const HOST = /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/i;
const BASE64 = /^[a-z0-9+/]+={0,2}$/i;
const NUMBER = /^\d+$/;

/** What a tag may hold; those that a verifier does not know it must ignore. */
const FORMS: Readonly<Record<string, RegExp>> = {
  v: /^1$/,
  // some verifiers pass over Ed25519, and all over what they do not know
  a: /^rsa-sha256$/,
  d: HOST,
  s: /^[a-z0-9._-]+$/i,
  // SES repeats it: `=20` and `=3B` may become signs by which its line is read as something else
  i: /^[a-z0-9._+-]*@[a-z0-9._-]+$/i,
  h: /^[^\s:]+(:[^\s:]+)*$/,
  b: BASE64,
  bh: BASE64,
  c: /^(simple|relaxed)(\/(simple|relaxed))?$/,
  q: /^dns\/txt$/,
  t: NUMBER,
  x: NUMBER,
  l: NUMBER,
};

const NEEDED = ['v', 'a', 'd', 's', 'h', 'b', 'bh'] as const;

const partsOf = (list: string): string[] => list.split(':').map((part) => part.trim());

/** Without the blanks that RFC 6376 lets stand within a value. */
const unfolded = (name: string, value: string): string => {
  if (name === 'b' || name === 'bh') return value.replace(/\s+/g, '');
  return name === 'h' ? partsOf(value).join(':') : value;
};

/** Whether a domain is another, or below it. */
export const isUnder = (domain: string, other: string): boolean => domain === other || domain.endsWith(`.${other}`);

/** Reads a DKIM-Signature (RFC 6376 3.5), in a time that grows with its length and no faster: anybody may write one as long as a mail. */
export const readSignature = (header: string): Signature => {
  const tags = header
    .split(';')
    .map((tag) => tag.trim())
    .filter(Boolean)
    .map((tag): [string, string] => {
      const at = tag.indexOf('=');
      const name = tag.slice(0, Math.max(at, 0)).trim();
      return [name, unfolded(name, tag.slice(at + 1).trim())];
    });
  const byName = new Map(tags);
  const domain = (byName.get('d') ?? '').toLowerCase();
  const identity = byName.get('i') ?? domain;
  return {
    domain,
    isPlain:
      byName.size === tags.length &&
      NEEDED.every((name) => byName.has(name)) &&
      tags.every(([name, value]) => FORMS[name]?.test(value) ?? true) &&
      partsOf((byName.get('h') ?? '').toLowerCase()).includes('from') &&
      isUnder(identity.slice(identity.lastIndexOf('@') + 1).toLowerCase(), domain),
  };
};
