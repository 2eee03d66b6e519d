const encoder = new TextEncoder();

/** Encoded lines hold at most 76 characters, the soft break's `=` included (RFC 2045 6.7). */
const LINE = 75;

const escaped = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
const TABLE: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  (byte >= 33 && byte <= 126 && byte !== 61) || byte === 32 || byte === 9 ? String.fromCharCode(byte) : escaped(byte),
);

/** One line of text. A blank at its end and a dot at its start are written out: transports may touch them. */
const encodeLine = (text: string): string => {
  const bytes = encoder.encode(text);
  let out = '';
  let line = '';
  bytes.forEach((byte, at) => {
    const last = at === bytes.length - 1;
    const blank = byte === 32 || byte === 9;
    const sign = (last && blank) || (line === '' && byte === 46) ? escaped(byte) : (TABLE[byte] ?? '');
    if (line.length + sign.length > LINE) {
      out += `${line}=\r\n`;
      line = byte === 46 ? escaped(byte) : sign;
    } else line += sign;
  });
  return out + line;
};

/** Quoted-printable (RFC 2045 6.7) of UTF-8 text, its lines ended by CRLF. Pieces that end with a line end can be joined. */
export const quotedPrintable = (text: string): string => text.split(/\r?\n/).map(encodeLine).join('\r\n');
