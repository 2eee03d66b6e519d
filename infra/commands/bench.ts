import { parseArgs } from 'node:util';
import { newsroomMeasures } from '../bench/newsroom.ts';
import { pressMeasures } from '../bench/press.ts';
import { selectMeasures } from '../bench/select.ts';
import { startMeasures } from '../bench/start.ts';
import { runCommand } from './command-line.ts';

const HELP = `npm run bench -- [--json]

Speed as ratios taken in one interleaved run: how many times faster or slower than a named peer or floor. Medians; the
times themselves mean little on a shared machine. --json prints one object and nothing else.`;

const readWishes = (argv: string[]): { json: boolean } | 'help' => {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ args: argv, options: { json: flag, help: flag } });
  return values.help ? 'help' : { json: values.json };
};

const measure = async ({ json }: { json: boolean }): Promise<boolean> => {
  const measures = [...(await pressMeasures()), ...selectMeasures(), ...startMeasures(), ...newsroomMeasures()];
  if (json) {
    console.log(JSON.stringify({ measures }));
    return true;
  }
  for (const { name, ours, peer, ratio } of measures) {
    console.log(
      `${name.padEnd(60)} ours ${ours.toPrecision(3)}  peer ${peer.toPrecision(3)}  ratio ${ratio.toPrecision(3)}`,
    );
  }
  return true;
};

/** `npm run bench` (contract 6). */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'bench', help: HELP, read: () => readWishes(argv), run: measure });
