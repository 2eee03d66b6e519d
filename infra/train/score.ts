import { TOPICS } from '../../functions/model/topic.ts';
import { textEvidence, unpackTopics } from '../../functions/newsroom/model/topics.ts';
import { meaningOf, unpackWords, type Words, wordsFile } from '../../functions/newsroom/model/words.ts';
import { type Example, readExamples, TOPIC_SETS } from './data.ts';
import { trainTopics } from './topics.ts';

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

const predict = (train: readonly Example[], judge: readonly Example[], words: Words): number[] => {
  const model = unpackTopics(trainTopics(train, words), words);
  return judge.map(({ plain, grams }) => {
    const { said: evidence } = textEvidence(grams, meaningOf(plain, words), model);
    return evidence.indexOf(Math.max(...evidence));
  });
};

const leftOut = (sets: Map<string, Example[]>, set: string, words: Words): number => {
  const judge = sets.get(set) ?? [];
  const train = [...sets].flatMap(([name, rows]) => (name === set ? [] : rows));
  return macroF1(judge, predict(train, judge, words));
};

/** Each half of the sets judged by a model that saw the other half of all. */
const halves = (sets: Map<string, Example[]>, words: Words): Map<string, number> => {
  const judged = new Map<string, { examples: Example[]; predicted: number[] }>();
  for (const half of [0, 1]) {
    const isTrained = (name: string, i: number) => !TOPIC_SETS.some((set) => set === name) || i % 2 !== half;
    const train = [...sets].flatMap(([name, rows]) => rows.filter((_, i) => isTrained(name, i)));
    const judge = TOPIC_SETS.flatMap((set) => (sets.get(set) ?? []).filter((_, i) => i % 2 === half));
    for (const [i, topic] of predict(train, judge, words).entries()) {
      const example = judge[i];
      if (!example) continue;
      const { examples, predicted } = judged.get(example.set) ?? { examples: [], predicted: [] };
      judged.set(example.set, { examples, predicted });
      examples.push(example);
      predicted.push(topic);
    }
  }
  return new Map([...judged].map(([set, { examples, predicted }]) => [set, macroF1(examples, predicted)]));
};

/** Prints how topic models do on what they have not seen, by words alone: no address, no section. */
export const printScores = (dir: string, wordsJson: unknown): void => {
  const words = unpackWords(wordsFile.parse(wordsJson));
  const sets = readExamples(dir);
  const byHalf = halves(sets, words);
  console.log(`topics: macro-F1 by words alone, ${TOPICS.length} topics`);
  for (const set of TOPIC_SETS) {
    const other = byHalf.get(set) ?? 0;
    console.log(
      `${set.padEnd(10)} set left out ${leftOut(sets, set, words).toFixed(3)}  other half seen ${other.toFixed(3)}`,
    );
  }
};
