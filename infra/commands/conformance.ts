import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type GroupResult, meetsBar } from '../conformance/case.ts';
import { RUNNERS } from '../conformance/groups.ts';

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

const wrong = (message: string): void => {
  console.error(`conformance: ${message} (--help tells the use)`);
  process.exitCode = 2;
};

const readArguments = (argv: string[]) => {
  try {
    return parseArgs({
      args: argv,
      options: {
        kit: { type: 'string' },
        out: { type: 'string', default: 'conformance.json' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : 'wrong arguments';
  }
};

/** `npm run conformance`: see HELP. */
export const main = async (argv: string[]): Promise<void> => {
  const options = readArguments(argv);
  if (typeof options === 'string') return wrong(options);
  if (options.help) return console.log(HELP);
  const { kit, out, json } = options;
  if (!kit) return wrong('--kit is missing');
  const isKit = await access(join(kit, 'tools', 'score.mjs')).then(
    () => true,
    () => false,
  );
  if (!isKit) return wrong(`${kit} holds no kit`);
  const results: GroupResult[] = [];
  for (const run of Object.values(RUNNERS)) results.push(...(await run(kit)));
  await writeFile(out, `${JSON.stringify(results, null, 1)}\n`);
  console.log(json ? JSON.stringify(results) : table(results));
  process.exitCode = results.every(meetsBar) ? 0 : 1;
};
