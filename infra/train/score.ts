import { join } from 'node:path';
import { TOPICS } from '../../functions/model/topic.ts';
import { readModel } from '../../functions/newsroom/model/model.ts';
import { unpackWords, wordsFile } from '../../functions/newsroom/model/words.ts';
import { pick } from '../pick/pick.ts';
import { type PickedStory, readStories } from '../pick/read-stories.ts';
import { countBackground } from './background.ts';
import { type Example, readExamples, SECTIONS_SET, TOPIC_SETS } from './data.ts';
import { newsTexts } from './texts.ts';
import { trainTopics } from './topics.ts';

/** The training data: their folder, and the word vectors. */
interface Data {
  dir: string;
  words: unknown;
}

/** The class of a set that a topic counts as, where it is not a right one. */
const classOf = (examples: readonly Example[]): Map<number, string> => {
  const classes = new Map<number, string>();
  for (const { gold, topics } of examples)
    for (const topic of topics) if (!classes.has(topic)) classes.set(topic, gold);
  return classes;
};

/** Mean F1 over the classes of a set, a prediction among the accepted topics counting as right. */
export const macroF1 = (examples: readonly Example[], predicted: readonly number[]): number => {
  const classes = classOf(examples);
  const tally = new Map([...classes.values()].map((name) => [name, { right: 0, wrong: 0, missed: 0 }]));
  for (const [i, { gold, topics }] of examples.entries()) {
    const topic = predicted[i] ?? -1;
    const own = tally.get(gold);
    if (!own) continue;
    if (topics.includes(topic)) {
      own.right++;
      continue;
    }
    own.missed++;
    const other = tally.get(classes.get(topic) ?? '');
    if (other && other !== own) other.wrong++;
  }
  const scores = [...tally.values()].map(({ right, wrong, missed }) => (2 * right) / (2 * right + wrong + missed || 1));
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
};

/** The stories of a set judged as `npm run pick` judges their file, and by their words alone: no address, no outlet. */
const VIEWS = {
  whole: (story: PickedStory): PickedStory => story,
  words: (story: PickedStory): PickedStory => ({ ...story, url: '', source: '', outlet: undefined }),
};

type View = keyof typeof VIEWS;
type Scores = Record<View, number>;

/** Topics of the stories of a set that `isJudged` keeps, taken as one file, by the place of each topic. */
type Judge = (set: string, view: View, isJudged?: (at: number) => boolean) => number[];

/** Trains topics on some examples. */
const judgeTaughtBy = (examples: readonly Example[], { dir, words }: Data, leftOut: readonly string[]): Judge => {
  const topics = trainTopics(examples, unpackWords(wordsFile.parse(words)));
  const model = readModel({ v: 1, background: countBackground(newsTexts(dir, leftOut)), topics }, words);
  return (set, view, isJudged = () => true) => {
    const stories = readStories(join(dir, `topics-${set}-dev.jsonl.gz`)).filter((_, at) => isJudged(at));
    const told = new Map(pick(stories.map(VIEWS[view]), model).topics.map(({ id, topic }) => [id, topic]));
    return stories.map(({ id }) => TOPICS.map(String).indexOf(told.get(id) ?? ''));
  };
};

const scoresOf = (score: (view: View) => number): Scores => ({ whole: score('whole'), words: score('words') });

const leftOut = (data: Data, sets: Map<string, Example[]>, set: string): Scores => {
  const examples = [...sets].flatMap(([name, rows]) => (name === set ? [] : rows));
  const judge = judgeTaughtBy(examples, data, [set]);
  return scoresOf((view) => macroF1(sets.get(set) ?? [], judge(set, view)));
};

/** Each half of the sets judged by a model that saw the other half of all. */
const halves = (data: Data, sets: Map<string, Example[]>): ((set: string) => Scores) => {
  const judges = [0, 1].map((half) => {
    const isJudged = (at: number) => at % 2 === half;
    const isSeen = (set: string, at: number) => set === SECTIONS_SET || !isJudged(at);
    const seen = [...sets].flatMap(([set, rows]) => rows.filter((_, at) => isSeen(set, at)));
    return { isJudged, judge: judgeTaughtBy(seen, data, []) };
  });
  return (set) => {
    const examples = judges.flatMap(({ isJudged }) => (sets.get(set) ?? []).filter((_, at) => isJudged(at)));
    return scoresOf((view) => {
      const predicted = judges.flatMap(({ judge, isJudged }) => judge(set, view, isJudged));
      return macroF1(examples, predicted);
    });
  };
};

/** Prints how topic models do on what they have not seen. */
export const printScores = (dir: string, words: unknown): void => {
  const data = { dir, words };
  const sets = readExamples(dir);
  const byHalf = halves(data, sets);
  const shown = ({ whole, words }: Scores) => `${whole.toFixed(3)} (${words.toFixed(3)})`;
  console.log('topics: macro-F1 as npm run pick tells them (by words alone: no address, no outlet)');
  for (const set of TOPIC_SETS) {
    console.log(
      `${set.padEnd(10)} set left out ${shown(leftOut(data, sets, set))}  other half seen ${shown(byHalf(set))}`,
    );
  }
};
