import { parseArgs } from 'node:util';
import { newsroomMeasures } from '../bench/newsroom.ts';
import { pressMeasures } from '../bench/press.ts';
import { selectMeasures } from '../bench/select.ts';
import { startMeasures } from '../bench/start.ts';

const HELP = `npm run bench -- [--json]

Speed as ratios taken in one interleaved run: how many times faster or slower than a named peer or floor. Medians; the
times themselves mean little on a shared machine. --json prints one object and nothing else.`;

/** `npm run bench` (contract 6). */
export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(HELP);
  const measures = [...(await pressMeasures()), ...selectMeasures(), ...startMeasures(), ...newsroomMeasures()];
  if (values.json) return console.log(JSON.stringify({ measures }));
  for (const { name, ours, peer, ratio } of measures) {
    console.log(
      `${name.padEnd(60)} ours ${ours.toPrecision(3)}  peer ${peer.toPrecision(3)}  ratio ${ratio.toPrecision(3)}`,
    );
  }
}
