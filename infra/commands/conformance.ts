import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type GroupResult, meetsBar } from '../conformance/case.ts';
import { RUNNERS } from '../conformance/groups.ts';
import { runCommand } from './command-line.ts';

const HELP = `npm run conformance -- --kit DIR [--out FILE] [--json]

Holds the product's reader, dates, schedule, address check, fetch guard and escaping
against a conformance kit, judged by the kit's own expectations.

  --kit DIR    the kit's folder
  --out FILE   where the result goes (default conformance.json)
  --json       print the result, and nothing else
  --help       this text

Exit code: 0 if every group meets its bar (95 % of feedparser's cases, 88 % of gofeed's, all
of the others), 1 if one does not, 2 for wrong arguments.`;

const row = ({ group, total, passed, failed, excluded }: GroupResult): string =>
  [group.padEnd(20), ...[total, passed, failed.length, excluded.length].map((n) => String(n).padStart(8))].join('');

const table = (results: readonly GroupResult[]): string =>
  [
    `${'group'.padEnd(20)}   total  passed  failed excluded`,
    ...results.map(row),
    ...results.flatMap(({ group, failed }) => failed.slice(0, 20).map((id) => `  ${group}: failed ${id}`)),
    ...results.flatMap(({ group, excluded }) => excluded.map(({ id, why }) => `  ${group}: excluded ${id}: ${why}`)),
  ].join('\n');

interface Wishes {
  kit: string;
  out: string;
  json: boolean;
}

const readWishes = (argv: string[]): Wishes | 'help' => {
  const { values } = parseArgs({
    args: argv,
    options: {
      kit: { type: 'string' },
      out: { type: 'string', default: 'conformance.json' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { kit, out, json, help } = values;
  if (help) return 'help';
  if (!kit) throw new Error("--kit is missing: the kit's folder");
  if (!existsSync(join(kit, 'tools', 'score.mjs'))) throw new Error(`--kit ${kit}: holds no kit`);
  return { kit, out, json };
};

const holdAll = async ({ kit, out, json }: Wishes): Promise<boolean> => {
  const results: GroupResult[] = [];
  for (const run of Object.values(RUNNERS)) results.push(...(await run(kit)));
  writeFileSync(out, `${JSON.stringify(results, null, 1)}\n`);
  process.stdout.write(`${json ? JSON.stringify(results) : table(results)}\n`);
  return results.every(meetsBar);
};

/** `npm run conformance`: see HELP. */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'conformance', help: HELP, read: () => readWishes(argv), run: holdAll });
