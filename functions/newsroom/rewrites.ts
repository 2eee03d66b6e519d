import { HOUR } from '../model/time.ts';
import type { Graph } from './graph.ts';
import { type HeldStory, titleOf } from './held.ts';
import { wordsOf } from './text.ts';

const ALIKE = 0.6;

const likeness = (a: readonly number[], b: readonly number[]): number => {
  let shared = 0;
  for (const term of a) if (b.includes(term)) shared++;
  return shared / (a.length + b.length - shared || 1);
};

const address = (url: string): string =>
  url
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '');

/** Issues of a series come a day apart, or nearly; what follows sooner is news told anew. */
const ISSUES_APART = 18 * HOUR;

const wordsAndNumbers = ({ facts: { title }, language }: HeldStory): { words: number[]; numbers: string } => {
  const words = wordsOf(title, language);
  return {
    words: words.flatMap(({ number, term }) => (number ? [] : [term])),
    numbers: words.flatMap(({ number, plain }) => (number ? [plain] : [])).join(),
  };
};

/**
 * Whether two stories of one outlet are issues of a series: titles of the same words and other numbers, a day apart. 'Harbour Talk, part 12'
 * is neither a rewrite of part 11 nor the same event, or who follows the show would get one part and no other.
 */
export const areIssues = (a: HeldStory, b: HeldStory): boolean => {
  if (a.outlet !== b.outlet || Math.abs(a.facts.seenAt - b.facts.seenAt) < ISSUES_APART) return false;
  const [one, other] = [wordsAndNumbers(a), wordsAndNumbers(b)];
  return one.numbers !== other.numbers && likeness(one.words, other.words) >= ALIKE;
};

const isSameAddress = (a: HeldStory, b: HeldStory): boolean =>
  a.facts.url !== '' && !a.facts.sharedUrl && !b.facts.sharedUrl && address(a.facts.url) === address(b.facts.url);

/** Marks a story that its own outlet has told before: the same address, the same text, or nearly the same title. */
export const markRewrite = (story: HeldStory, graph: Graph): void => {
  const own = graph.ofSameOutlet(story);
  if (own.length === 0) return;
  const title = titleOf(story);
  const first = own.find(
    (other) =>
      other.textHash === story.textHash || isSameAddress(story, other) || likeness(title, titleOf(other)) >= ALIKE,
  );
  story.rewriteOf = first?.rewriteOf ?? first;
};
