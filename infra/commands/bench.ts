import { parseArgs } from 'node:util';
import { measuredApart } from '../bench/apart.ts';
import { GROUPS } from '../bench/groups.ts';
import { runCommand } from './command-line.ts';

const HELP = `npm run bench -- [--json]

Speed as ratios taken in one interleaved run: how many times faster or slower than a named peer or floor. Medians; the
times themselves mean little on a shared machine. Takes about four minutes. --json prints one object and nothing else.`;

const readWishes = (argv: string[]): { json: boolean } | 'help' => {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ args: argv, options: { json: flag, help: flag } });
  return values.help ? 'help' : { json: values.json };
};

const measure = async ({ json }: { json: boolean }): Promise<boolean> => {
  const measures = Object.keys(GROUPS).flatMap((group) => {
    console.error(`measuring ${group}`);
    return measuredApart(group);
  });
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
