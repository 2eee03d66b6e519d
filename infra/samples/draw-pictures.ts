import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

/** Draws the sample pictures anew: `node infra/samples/draw-pictures.ts`. Drawn, not photographed: nothing to license, and a few kilobytes each. */

const WIDTH = 1104;
const HEIGHT = 560;

type Colour = readonly [number, number, number];

const BANDS: readonly (0 | 1 | 2)[] = [0, 1, 2];

interface Scene {
  sky: [top: Colour, bottom: Colour];
  sun: { x: number; y: number; radius: number; colour: Colour };
  /** Far to near: height of the crest as a share of the picture, how rough it is, colour. */
  ridges: { at: number; rough: number; wave: number; colour: Colour }[];
}

const hex = (code: number): Colour => [code >> 16, (code >> 8) & 255, code & 255];

const ridge = (at: number, rough: number, wave: number, code: number) => ({ at, rough, wave, colour: hex(code) });

const scene = (top: number, bottom: number, sun: [number, number, number, number], ridges: Scene['ridges']): Scene => ({
  sky: [hex(top), hex(bottom)],
  sun: { x: sun[0], y: sun[1], radius: sun[2], colour: hex(sun[3]) },
  ridges,
});

const SCENES: Scene[] = [
  scene(
    0x8fa3ad,
    0xd9dfdc,
    [820, 150, 46, 0xf1ede0],
    [
      ridge(0.52, 30, 2.1, 0x7d949c),
      ridge(0.62, 18, 3.4, 0x58747c),
      ridge(0.74, 5, 1.2, 0x9fb4b8),
      ridge(0.9, 10, 2.6, 0x2f4a4f),
    ],
  ),
  scene(
    0xf3d9b1,
    0xfbf0dc,
    [300, 250, 64, 0xfff8e8],
    [
      ridge(0.55, 26, 1.7, 0xc9b79a),
      ridge(0.66, 16, 2.9, 0x93a08a),
      ridge(0.76, 4, 1.4, 0xdfe3d4),
      ridge(0.88, 14, 2.2, 0x4d6350),
    ],
  ),
  scene(
    0xcfe0d6,
    0xeff4ea,
    [760, 130, 40, 0xfdfdf4],
    [
      ridge(0.42, 60, 1.9, 0xa3bfae),
      ridge(0.56, 44, 3.3, 0x76a088),
      ridge(0.7, 34, 4.1, 0x487a62),
      ridge(0.85, 26, 5.2, 0x1f4a3c),
    ],
  ),
  scene(
    0x3c3f63,
    0xe8a07c,
    [560, 330, 74, 0xfbd9a5],
    [
      ridge(0.62, 14, 1.3, 0x8b5f6e),
      ridge(0.7, 8, 2.2, 0x5d4560),
      ridge(0.8, 6, 1.8, 0x3a3150),
      ridge(0.92, 4, 1.1, 0x221f38),
    ],
  ),
  scene(
    0xc4d2da,
    0xe9eef0,
    [420, 200, 54, 0xf8faf9],
    [
      ridge(0.58, 6, 1.1, 0xb3c5cf),
      ridge(0.66, 9, 2.7, 0x93acb9),
      ridge(0.76, 11, 3.1, 0x6d8c9d),
      ridge(0.88, 13, 2.4, 0x3f6175),
    ],
  ),
  scene(
    0x51608a,
    0xf0c9b8,
    [690, 196, 44, 0xfdebd3],
    [
      ridge(0.4, 90, 2.3, 0x9d8fa8),
      ridge(0.55, 66, 3.1, 0x6e6a8e),
      ridge(0.7, 40, 2.6, 0x454a70),
      ridge(0.86, 22, 3.7, 0x262c4a),
    ],
  ),
];

const crest = (x: number, { at, rough, wave }: Scene['ridges'][number]): number => {
  const turn = (x / WIDTH) * Math.PI * 2;
  return (
    at * HEIGHT -
    rough *
      (Math.sin(turn * wave + at * 20) + 0.5 * Math.sin(turn * wave * 2.3 + at * 7) + 0.2 * Math.sin(turn * wave * 6.1))
  );
};

const mix = (from: Colour, to: Colour, share: number): Colour => {
  const part = (a: number, b: number) => Math.round(a + (b - a) * Math.min(1, Math.max(0, share)));
  return [part(from[0], to[0]), part(from[1], to[1]), part(from[2], to[2])];
};

/** Each layer covers what lies behind it; at an edge the share of the pixel that it covers is mixed in. */
const pixel = ({ sky, sun, ridges }: Scene, x: number, y: number): Colour => {
  const behind = mix(
    mix(sky[0], sky[1], y / (HEIGHT * 0.7)),
    sun.colour,
    sun.radius - Math.hypot(x - sun.x, y - sun.y),
  );
  return ridges.reduce((colour, layer) => mix(colour, layer.colour, y - crest(x, layer)), behind);
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

/** PNG rows under filter 1 (each byte less its left neighbour): even areas become zeros. */
const rowsOf = (drawn: Scene): Buffer => {
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    rows[at++] = 1;
    for (let x = 0, left: Colour = [0, 0, 0]; x < WIDTH; x++) {
      const here = pixel(drawn, x, y);
      for (const band of BANDS) rows[at++] = (here[band] - left[band]) & 255;
      left = here;
    }
  }
  return rows;
};

const png = (drawn: Scene): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rowsOf(drawn), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

for (const [index, drawn] of SCENES.entries()) {
  writeFileSync(new URL(`./pictures/${index + 1}.png`, import.meta.url), png(drawn));
}
