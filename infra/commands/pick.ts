import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Instant } from '../../functions/model/time.ts';
import { loadModel, modelOf } from '../../functions/newsroom/model/load.ts';
import type { Model } from '../../functions/newsroom/model/model.ts';
import { makeFolder } from '../folder.ts';
import { pick } from '../pick/pick.ts';
import { instantOf, readStories } from '../pick/read-stories.ts';
import { lineOf, runCommand } from './command-line.ts';

const HELP = `npm run pick -- --stories FILE.jsonl[.gz] --out DIR [--asof ISO] [--model FILE]

Classifies, clusters and ranks the stories of a file with the newsroom's own functions, outside any store.
A line of FILE: {id, title, summary?, source?, feed?, url?, date? (ISO) | ts? (seconds), lastSeen?, section?, language?}
Writes DIR/topics.jsonl {id, topic}, DIR/clusters.jsonl {id, cluster} and DIR/top.jsonl {day, ranked: [[ids], ...]}:
for each UTC day the 30 top events, judged at 22:00 UTC; with --asof at that instant, then that day only.
--model takes another weights file than the one shipped (npm run train makes one).`;

interface Wishes {
  stories: string;
  out: string;
  asOf: Instant | undefined;
  model: string | undefined;
}

const readWishes = (argv: string[]): Wishes | 'help' => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: argv,
    options: { stories: text, out: text, asof: text, model: text, help: { type: 'boolean', default: false } },
  });
  const { stories, out, asof, model, help } = values;
  if (help) return 'help';
  if (!stories) throw new Error('--stories is missing: the file to read');
  if (!out) throw new Error('--out is missing: the folder to write to');
  const asOf = instantOf(asof);
  if (asof !== undefined && asOf === undefined) throw new Error(`--asof ${asof}: an instant as 2026-01-05T22:00:00Z`);
  return { stories, out, asOf, model };
};

const writeLines = (path: string, rows: readonly unknown[]): void =>
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

const modelIn = (path: string): Model => {
  try {
    return modelOf(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Error(`--model ${path}: no weights file of this version (npm run train makes one): ${lineOf(error)}`);
  }
};

const pickAll = async ({ stories, out, asOf, model }: Wishes): Promise<boolean> => {
  const picked = pick(readStories(stories), model ? modelIn(model) : loadModel(), asOf);
  makeFolder(out);
  writeLines(join(out, 'topics.jsonl'), picked.topics);
  writeLines(join(out, 'clusters.jsonl'), picked.clusters);
  writeLines(join(out, 'top.jsonl'), picked.top);
  return true;
};

/** `npm run pick`: see HELP. */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'pick', help: HELP, read: () => readWishes(argv), run: pickAll });
