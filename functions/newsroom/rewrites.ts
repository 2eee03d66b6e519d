import type { HeldStory } from './held.ts';

const ALIKE = 0.6;

const titleOf = (story: HeldStory): Set<number> => {
  const end = story.sequence.indexOf(0);
  return new Set(story.sequence.subarray(0, end));
};

const likeness = (a: Set<number>, b: Set<number>): number => {
  const shared = [...a].filter((term) => b.has(term)).length;
  return shared / (a.size + b.size - shared || 1);
};

const address = (url: string): string =>
  url
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '');

/** Marks a story that its own outlet has told before: the same address, the same text, or nearly the same title. */
export const markRewrite = (story: HeldStory): void => {
  const title = titleOf(story);
  const own = story.neighbours.filter((other) => other.outlet === story.outlet);
  const first = own.find(
    (other) =>
      other.textHash === story.textHash ||
      (story.facts.url !== '' && address(other.facts.url) === address(story.facts.url)) ||
      likeness(title, titleOf(other)) >= ALIKE,
  );
  story.rewriteOf = first?.rewriteOf ?? first;
};
