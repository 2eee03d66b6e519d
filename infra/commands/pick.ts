import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadModel, modelOf } from '../../functions/newsroom/model/load.ts';
import { pick } from '../pick/pick.ts';
import { readStories } from '../pick/read-stories.ts';

const HELP = `npm run pick -- --stories FILE.jsonl[.gz] --out DIR [--asof ISO] [--model FILE]

Classifies, clusters and ranks the stories of a file with the newsroom's own functions, outside any store.
A line of FILE: {id, title, summary?, source?, feed?, url?, date? (ISO) | ts? (seconds), lastSeen?, section?, language?}
Writes DIR/topics.jsonl {id, topic}, DIR/clusters.jsonl {id, cluster} and DIR/top.jsonl {day, ranked: [[ids], ...]}:
for each UTC day the 30 top events, judged at 22:00 UTC; with --asof at that instant, then that day only.
--model takes another weights file than the one shipped (npm run train makes one).`;

const options = {
  stories: { type: 'string' },
  out: { type: 'string' },
  asof: { type: 'string' },
  model: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const fail = (message: string, code: 1 | 2): never => {
  console.error(message);
  process.exit(code);
};

const readOptions = (argv: string[]) => {
  try {
    return parseArgs({ args: argv, options }).values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n\n${HELP}`, 2);
  }
};

const writeLines = (path: string, rows: readonly unknown[]): void =>
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

/** `npm run pick`. */
export async function main(argv: string[]): Promise<void> {
  const { stories, out, asof, model, help } = readOptions(argv);
  if (help) {
    console.log(HELP);
    return;
  }
  if (!stories || !out) return fail(`--stories and --out are needed\n\n${HELP}`, 2);
  const asOf = asof === undefined ? undefined : Date.parse(asof);
  if (asOf !== undefined && Number.isNaN(asOf)) return fail(`--asof is no instant: ${asof}`, 2);
  try {
    const picked = pick(
      readStories(stories),
      model ? modelOf(JSON.parse(readFileSync(model, 'utf8'))) : loadModel(),
      asOf,
    );
    mkdirSync(out, { recursive: true });
    writeLines(join(out, 'topics.jsonl'), picked.topics);
    writeLines(join(out, 'clusters.jsonl'), picked.clusters);
    writeLines(join(out, 'top.jsonl'), picked.top);
  } catch (error) {
    fail(`pick: ${error instanceof Error ? error.message : error}`, 1);
  }
}
