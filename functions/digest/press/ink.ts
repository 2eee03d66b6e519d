import { quotedPrintable } from './quoted-printable.ts';

/** ASCII on its way into a mail: bytes kept for many readers, or a string of one reader's. */
export type Ink = Uint8Array | string;

/** ASCII as bytes, to be copied often. */
export const ink = (ascii: string): Uint8Array => Buffer.from(ascii, 'latin1');

/** Plain text, encoded for the text part, with its size before that in bytes of UTF-8. */
export interface TextInk {
  bytes: Uint8Array;
  size: number;
}

/** Plain text that ends with a line end, or stands between two soft breaks. */
export const textInk = (text: string): TextInk => ({
  bytes: ink(quotedPrintable(text)),
  size: Buffer.byteLength(text),
});

/** Columns of an encoded line before its soft break. */
const LINE = 72;

/** A reader's own ASCII (address or link) in quoted-printable, without a line end. */
export const asciiInk = (ascii: string): string => {
  if (ascii.length <= LINE && !ascii.includes('=')) return ascii;
  const encoded = ascii.replaceAll('=', '=3D');
  let out = '';
  for (let from = 0; from < encoded.length; ) {
    let to = Math.min(from + LINE, encoded.length);
    const sign = encoded.lastIndexOf('=', to - 1);
    if (to < encoded.length && sign > to - 3) to = sign;
    out += encoded.slice(from, to) + (to < encoded.length ? '=\r\n' : '');
    from = to;
  }
  return out;
};

/** Pieces in order, and how many bytes they are together. */
export interface Tray {
  pieces: Ink[];
  size: number;
}

/** Adds to a tray; strings must be ASCII. */
export const lay = (tray: Tray, ...pieces: Ink[]): void => {
  for (const piece of pieces) {
    tray.pieces.push(piece);
    tray.size += piece.length;
  }
};

/** All pieces copied into one block of memory. */
export const collect = ({ pieces, size }: Tray): Uint8Array => {
  const all = Buffer.allocUnsafe(size);
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') all.write(piece, at, 'latin1');
    else all.set(piece, at);
    at += piece.length;
  }
  return all;
};
