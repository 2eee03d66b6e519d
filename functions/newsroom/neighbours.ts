import { HOUR } from '../model/time.ts';
import type { HeldStory } from './held.ts';

/** How the graph of similar stories is built. Found on the development sets; see docs/decisions/0003-choosing.md. */
export const NEARNESS = {
  /** Stories further apart than this are never linked. */
  windowMs: 72 * HOUR,
  /** Standard deviation of the time decay. */
  decayMs: 36 * HOUR,
  /** Links weaker than this are not made. */
  least: 0.15,
  /** Links that a new story makes at most. */
  most: 10,
  /** Only so many of the latest stories are looked up for one term. */
  postings: 200,
};

const link = (a: HeldStory, b: HeldStory, nearness: number): void => {
  a.neighbours.push(b);
  a.nearness.push(nearness);
  b.neighbours.push(a);
  b.nearness.push(nearness);
};

const unlink = (from: HeldStory, gone: HeldStory): void => {
  const at = from.neighbours.indexOf(gone);
  if (at < 0) return;
  from.neighbours.splice(at, 1);
  from.nearness.splice(at, 1);
};

/** An inverted index over the window: which stories share terms with a new one. */
export class Neighbourhood {
  readonly #postings = new Map<number, { story: HeldStory; weight: number }[]>();

  /** Links a story with the most similar ones already here, and adds it. */
  add(story: HeldStory): void {
    const candidates = this.#candidates(story);
    const near = candidates
      .map((other): [HeldStory, number] => [other, other.score * decay(story, other)])
      .filter(([, nearness]) => nearness >= NEARNESS.least)
      .sort((a, b) => b[1] - a[1] || (a[0].facts.id < b[0].facts.id ? -1 : 1));
    for (const [other, nearness] of near.slice(0, NEARNESS.most)) link(story, other, nearness);
    for (const other of candidates) other.score = 0;
    story.vector.terms.forEach((term, i) => {
      this.#post(term, story, story.vector.weights[i] ?? 0);
    });
  }

  /** Takes a story out of the index and the graph. */
  forget(story: HeldStory): void {
    story.gone = true;
    for (const neighbour of story.neighbours) unlink(neighbour, story);
    for (const term of story.vector.terms) {
      const left = this.#postings.get(term)?.filter((posting) => posting.story !== story) ?? [];
      if (left.length > 0) this.#postings.set(term, left);
      else this.#postings.delete(term);
    }
  }

  #post(term: number, story: HeldStory, weight: number): void {
    const list = this.#postings.get(term);
    if (!list) {
      this.#postings.set(term, [{ story, weight }]);
      return;
    }
    list.push({ story, weight });
    if (list.length > 2 * NEARNESS.postings) list.splice(0, NEARNESS.postings);
  }

  #candidates(story: HeldStory): HeldStory[] {
    const touched: HeldStory[] = [];
    story.vector.terms.forEach((term, i) => {
      const weight = story.vector.weights[i] ?? 0;
      const list = this.#postings.get(term) ?? [];
      for (let at = Math.max(0, list.length - NEARNESS.postings); at < list.length; at++) {
        const posting = list[at];
        if (!posting) continue;
        if (posting.story.score === 0) touched.push(posting.story);
        posting.story.score += weight * posting.weight;
      }
    });
    return touched;
  }
}

const decay = (a: HeldStory, b: HeldStory): number => {
  const apart = Math.abs(a.facts.seenAt - b.facts.seenAt);
  return apart > NEARNESS.windowMs ? 0 : Math.exp(-(apart * apart) / (2 * NEARNESS.decayMs ** 2));
};
