import type { HeldStory } from './held.ts';

const ALIKE = 0.6;

const titleOf = (story: HeldStory): Set<number> => {
  const end = story.sequence.indexOf(0);
  return new Set(story.sequence.subarray(0, end));
};

const likeness = (a: Set<number>, b: Set<number>): number => {
  let shared = 0;
  for (const term of a) if (b.has(term)) shared++;
  return shared / (a.size + b.size - shared || 1);
};

const address = (url: string): string =>
  url
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '');

/** Marks a story that its own outlet has told before: the same address, the same text, or nearly the same title. */
export const markRewrite = (story: HeldStory): void => {
  const own = story.neighbours.filter((other) => other.outlet === story.outlet);
  if (own.length === 0) return;
  const title = titleOf(story);
  const first = own.find(
    (other) =>
      other.textHash === story.textHash ||
      (story.facts.url !== '' && address(other.facts.url) === address(story.facts.url)) ||
      likeness(title, titleOf(other)) >= ALIKE,
  );
  story.rewriteOf = first?.rewriteOf ?? first;
};
