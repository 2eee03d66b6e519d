import { tidy } from './escape.ts';

/** What a header can hold as it stands: printable ASCII that looks like no encoded word. */
const PLAIN = /^(?!.*=\?)[\x20-\x7e]*$/;

/** Bytes of UTF-8 in an encoded word of 75 characters (RFC 2047 2): 60 of base64, and in the first, which stands after the header's name. */
const BYTES = 45;
const FIRST_BYTES = 36;

const LINE = 76;

const chunks = (text: string): string[] => {
  const out = [''];
  let size = 0;
  for (const char of text) {
    const bytes = Buffer.byteLength(char);
    if (size + bytes > (out.length === 1 ? FIRST_BYTES : BYTES)) {
      out.push('');
      size = 0;
    }
    out[out.length - 1] += char;
    size += bytes;
  }
  return out;
};

const foldAtBlanks = (text: string, taken: number): string => {
  let out = '';
  let line = taken;
  for (const word of text.split(' ')) {
    const first = out === '';
    if (!first && line + 1 + word.length > LINE && word !== '') {
      out += `\r\n ${word}`;
      line = 1 + word.length;
    } else {
      out += first ? word : ` ${word}`;
      line += word.length + (first ? 0 : 1);
    }
  }
  return out;
};

/**
 * Unstructured text as a header's value (RFC 5322 2.2.3, RFC 2047): controls go, so nothing can begin another header; characters are
 * never split between encoded words. `taken` is the length of the header's name and colon.
 */
export const headerText = (text: string, taken: number): string => {
  const line = tidy(text).trim();
  if (PLAIN.test(line) && !/ {2}/.test(line)) return foldAtBlanks(line, taken);
  return chunks(line)
    .map((chunk) => `=?utf-8?B?${Buffer.from(chunk).toString('base64')}?=`)
    .join('\r\n ');
};

/** A display name before an address: quoted where it is ASCII, encoded words elsewhere. */
export const displayName = (name: string): string => {
  const line = tidy(name).trim();
  return PLAIN.test(line) ? `"${line.replace(/[\\"]/g, '\\$&')}"` : headerText(line, 6);
};
