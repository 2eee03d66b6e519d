import { readModel, type WeightsFile } from '../../functions/newsroom/model/model.ts';
import { unpackWords, wordsFile } from '../../functions/newsroom/model/words.ts';
import { countBackground } from './background.ts';
import { readExamples } from './data.ts';
import { learningDays, trainImportance } from './importance.ts';
import { readPools } from './pools.ts';
import { newsTexts } from './texts.ts';
import { trainTopics } from './topics.ts';

/** Trains every part of the model from the data in `dir`, sets left out apart. */
export const train = (dir: string, words: unknown, leaveOut: readonly string[]): WeightsFile => {
  const sets = readExamples(dir);
  const unknown = leaveOut.filter((set) => !sets.has(set));
  if (unknown.length > 0) throw new Error(`no set ${unknown.join(', ')}; there are ${[...sets.keys()].join(', ')}`);
  const examples = [...sets].flatMap(([set, rows]) => (leaveOut.includes(set) ? [] : rows));
  const weights: WeightsFile = {
    v: 1,
    leftOut: [...leaveOut],
    background: countBackground(newsTexts(dir, leaveOut)),
    topics: trainTopics(examples, unpackWords(wordsFile.parse(words))),
  };
  const model = readModel({ ...weights, hash: '' }, words);
  return { ...weights, importance: trainImportance(learningDays(readPools(dir), model)) };
};
