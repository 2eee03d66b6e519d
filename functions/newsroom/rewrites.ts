import type { Graph } from './graph.ts';
import { type HeldStory, titleOf } from './held.ts';

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

/** Marks a story that its own outlet has told before: the same address, the same text, or nearly the same title. */
export const markRewrite = (story: HeldStory, graph: Graph): void => {
  const own = graph.ofSameOutlet(story);
  if (own.length === 0) return;
  const title = titleOf(story);
  const place = address(story.facts.url);
  const first = own.find(
    (other) =>
      other.textHash === story.textHash ||
      (story.facts.url !== '' && address(other.facts.url) === place) ||
      likeness(title, titleOf(other)) >= ALIKE,
  );
  story.rewriteOf = first?.rewriteOf ?? first;
};
