/** Text, and the WHATWG name of the encoding it was in. */
export interface Decoded {
  text: string;
  encoding: string;
}

const BYTE_ORDER_MARKS: readonly (readonly [encoding: string, ...bytes: number[]])[] = [
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

/** How `<?` looks in encodings of two bytes a character. */
const WIDE: readonly (readonly [encoding: string, ...bytes: number[]])[] = [
  ['utf-16le', 0x3c, 0x00],
  ['utf-16be', 0x00, 0x3c],
];

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, i) => bytes[i] === byte);

const sniff = (bytes: Uint8Array, table: typeof WIDE): string | undefined =>
  table.find(([, ...start]) => startsWith(bytes, start))?.[0];

/** The WHATWG name for a label, or nothing if there is no such encoding. UTF-7 and UTF-32 are none, on purpose. */
const encodingOf = (label: string | undefined): string | undefined => {
  if (!label) return undefined;
  const plain = label
    .trim()
    .replace(/^["']|["']$/g, '')
    .toLowerCase();
  try {
    return new TextDecoder(ALIASES.get(plain) ?? plain).encoding;
  } catch {
    return undefined;
  }
};

/** Labels that feeds use and WHATWG does not list. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['u8', 'utf-8'],
  ['utf', 'utf-8'],
  ['utf_8', 'utf-8'],
  ['cp1252', 'windows-1252'],
  ['win-1251', 'windows-1251'],
  ['euc_jp', 'euc-jp'],
  ['euc_kr', 'euc-kr'],
  ['cp949', 'euc-kr'],
  ['cp950', 'big5'],
  ['cp936', 'gbk'],
  ['cp932', 'shift_jis'],
]);

const httpLabel = (contentType: string | undefined): string | undefined =>
  /;\s*charset\s*=\s*("[^"]*"|'[^']*'|[^;\s]+)/i.exec(contentType ?? '')?.[1];

const DECLARED = /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']\s*([\w.:-]{1,40})\s*["']/;

/** The encoding that the XML declaration names, which is ASCII whatever the encoding is. */
const declaredLabel = (bytes: Uint8Array): string | undefined =>
  DECLARED.exec(new TextDecoder('windows-1252').decode(bytes.subarray(0, 512)))?.[1];

const tryDecode = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/**
 * A document's text: by byte order mark, HTTP charset, XML declaration, UTF-8 if it is, else windows-1252; a label that the
 * bytes belie is passed over (RFC 7303, section 3, with the leniency that feeds need). Never fails.
 */
export const decodeDocument = (bytes: Uint8Array, contentType: string | undefined): Decoded => {
  const marked = sniff(bytes, BYTE_ORDER_MARKS);
  if (marked) return { text: new TextDecoder(marked).decode(bytes), encoding: marked };
  const wide = sniff(bytes, WIDE);
  const candidates = wide ? [wide] : [encodingOf(httpLabel(contentType)), encodingOf(declaredLabel(bytes)), 'utf-8'];
  for (const candidate of candidates) {
    // The label of Latin-1 and ASCII fits any bytes, but what reads as UTF-8 throughout was not Latin-1.
    if (candidate === 'windows-1252' && tryDecode(bytes, 'utf-8') !== undefined && bytes.some((byte) => byte > 0x7f))
      continue;
    // Without a mark or zero bytes nothing is UTF-16, whatever it says.
    if (!candidate || (!wide && candidate.startsWith('utf-16'))) continue;
    const text = tryDecode(bytes, candidate);
    if (text !== undefined) return { text, encoding: candidate };
  }
  return mostlyUtf8(bytes) ?? { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
};

/** UTF-8 with a few broken bytes, such as a text cut within a character, is still UTF-8. */
const mostlyUtf8 = (bytes: Uint8Array): Decoded | undefined => {
  const text = new TextDecoder('utf-8').decode(bytes);
  let broken = 0;
  let good = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0xfffd) broken++;
    else if (unit > 0x7f) good++;
  }
  return broken * 10 < good ? { text, encoding: 'utf-8' } : undefined;
};
