import { quotedPrintable } from './quoted-printable.ts';

/**
 * ASCII that is copied into many mails, as one flat string. What was put together from pieces is a tree of them in V8, and walking it
 * again for every reader costs more than the copying.
 */
export const ink = (ascii: string): string => Buffer.from(ascii, 'latin1').toString('latin1');

/** Plain text, encoded for the text part, with its size before that: bytes of UTF-8 with the line ends of the mail. */
export interface TextInk {
  ascii: string;
  size: number;
}

/** A line of the mail ends with two bytes. */
const sizeOf = (text: string): number => Buffer.byteLength(text) + (text.match(/(?<!\r)\n/g)?.length ?? 0);

/** Plain text that ends with a line end, or stands between a reader's own pieces. */
export const textInk = (text: string): TextInk => ({
  ascii: ink(quotedPrintable(text)),
  size: sizeOf(text),
});

/** Columns of an encoded line before its soft break. */
const LINE = 72;

/** A reader's own ASCII (address or link) in quoted-printable, without a line end. */
export const asciiInk = (ascii: string): string => {
  if (ascii.length <= LINE && !ascii.includes('=')) return ascii;
  let out = '';
  if (!ascii.includes('=')) {
    for (let from = 0; from < ascii.length; from += LINE) {
      out += (from > 0 ? '=\r\n' : '') + ascii.slice(from, from + LINE);
    }
    return out;
  }
  const encoded = ascii.replaceAll('=', '=3D');
  for (let from = 0; from < encoded.length; ) {
    let to = Math.min(from + LINE, encoded.length);
    const sign = encoded.lastIndexOf('=', to - 1);
    if (to < encoded.length && sign > to - 3) to = sign;
    out += encoded.slice(from, to) + (to < encoded.length ? '=\r\n' : '');
    from = to;
  }
  return out;
};

/** Part of a mail while it is laid out: what is in it, and how many bytes that is before transfer encoding. */
export interface Tray {
  ascii: string;
  decoded: number;
}

export const emptyTray = (): Tray => ({ ascii: '', decoded: 0 });

/** Adds a piece of ASCII. `decoded` is its size before transfer encoding, where that differs. */
export const lay = (tray: Tray, piece: string, decoded = piece.length): void => {
  tray.ascii += piece;
  tray.decoded += decoded;
};
