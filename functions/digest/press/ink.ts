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

/** Plain text that ends with a line end, or stands between a reader's own pieces. */
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

/** Pieces in order, how many bytes they are together, and before transfer encoding. */
export interface Tray {
  pieces: Ink[];
  size: number;
  decoded: number;
}

export const emptyTray = (): Tray => ({ pieces: [], size: 0, decoded: 0 });

/** Adds a piece; strings must be ASCII. `decoded` is its size before transfer encoding, where that differs. */
export const lay = (tray: Tray, piece: Ink, decoded = piece.length): void => {
  tray.pieces.push(piece);
  tray.size += piece.length;
  tray.decoded += decoded;
};

/** All pieces copied into one block of memory. */
export const collect = (trays: readonly Tray[]): Uint8Array => {
  let size = 0;
  for (const tray of trays) size += tray.size;
  const all = Buffer.allocUnsafe(size);
  let at = 0;
  for (const { pieces } of trays) {
    for (const piece of pieces) {
      if (typeof piece === 'string') all.write(piece, at, 'latin1');
      else all.set(piece, at);
      at += piece.length;
    }
  }
  return all;
};
