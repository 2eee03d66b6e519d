const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Anything but plain ASCII that needs no escape in HTML text or a quoted attribute. `=_` begins our MIME boundaries. */
const UNSAFE = /[^\x20-\x7e]|[&<>"']|=_/gu;

/** Tabs and line ends are blanks; other controls, noncharacters, lone surrogates and bidi overrides or embeddings go. */
const BLANK = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const UNWANTED = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Text from outside as one line that cannot disturb what stands around it. */
export const tidy = (text: string): string => text.replace(BLANK, ' ').replace(UNWANTED, '');

/** Plain text as ASCII HTML, for text and quoted attributes alike: escaped once, everything beyond ASCII as a number. */
export const escapeHtml = (text: string): string =>
  text.replace(UNSAFE, (char) =>
    char.length === 2 && char[0] === '=' ? '&#61;_' : (NAMED[char] ?? `&#${char.codePointAt(0)};`),
  );

const PLAIN_URL = /^https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+$/i;

/**
 * An address that a mail may link to: http or https, ASCII. As the feed gave it where that is clean, else as the URL standard writes it.
 * Nothing for any other scheme, and for what is no address.
 */
export const safeUrl = (url: string): string | undefined => {
  if (!URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  return PLAIN_URL.test(url) ? url : href;
};

/** A picture's address: https only. */
export const pictureUrl = (url: string | undefined): string | undefined =>
  url !== undefined && /^https:/i.test(url) ? safeUrl(url) : undefined;
