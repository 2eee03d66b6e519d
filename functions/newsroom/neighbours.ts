import { HOUR } from '../model/time.ts';
import type { HeldStory } from './held.ts';

/** How the graph of similar stories is built. Found on the development sets; see docs/decisions/0003-choosing.md. */
export const NEARNESS = {
  /** Stories further apart than this are never linked. */
  windowMs: 72 * HOUR,
  /** Standard deviation of the time decay. */
  decayMs: 20 * HOUR,
  /** Links weaker than this are not made. */
  least: 0.125,
  /** Links that a new story makes at most. */
  most: 14,
  /** Only so many of the latest stories are looked up for one term. */
  postings: 200,
  /** What likeness of meaning adds to shared words, and the cosine from which it counts. */
  sense: 0.1,
  strangers: 0.6,
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

/** The latest stories that hold a term: their slots and the term's weight in each. */
interface Postings {
  slots: number[];
  weights: number[];
}

/** An inverted index over the window: which stories share terms with a new one. Stories have slots, so that scores lie close together. */
export class Neighbourhood {
  readonly #postings = new Map<number, Postings>();
  readonly #stories: (HeldStory | undefined)[] = [];
  readonly #free: number[] = [];
  #scores = new Float32Array(1024);

  /** Links a story with the most similar ones already here, and adds it. */
  add(story: HeldStory): void {
    const near = this.#near(story).sort((a, b) => b[1] - a[1] || (a[0].facts.id < b[0].facts.id ? -1 : 1));
    for (const [other, nearness] of near.slice(0, NEARNESS.most)) link(story, other, nearness);
    this.#settleIn(story);
    for (const [i, term] of story.vector.terms.entries()) this.#post(term, story.slot, story.vector.weights[i] ?? 0);
  }

  /** Takes a story out of the index and the graph. */
  forget(story: HeldStory): void {
    for (const neighbour of story.neighbours) unlink(neighbour, story);
    for (const term of story.vector.terms) this.#withdraw(term, story.slot);
    this.#stories[story.slot] = undefined;
    this.#free.push(story.slot);
  }

  #settleIn(story: HeldStory): void {
    story.slot = this.#free.pop() ?? this.#stories.length;
    this.#stories[story.slot] = story;
    if (story.slot < this.#scores.length) return;
    const wider = new Float32Array(2 * this.#scores.length);
    wider.set(this.#scores);
    this.#scores = wider;
  }

  #post(term: number, slot: number, weight: number): void {
    const postings = this.#postings.get(term);
    if (!postings) {
      this.#postings.set(term, { slots: [slot], weights: [weight] });
      return;
    }
    postings.slots.push(slot);
    postings.weights.push(weight);
    if (postings.slots.length < 2 * NEARNESS.postings) return;
    postings.slots.splice(0, NEARNESS.postings);
    postings.weights.splice(0, NEARNESS.postings);
  }

  #withdraw(term: number, slot: number): void {
    const postings = this.#postings.get(term);
    const at = postings?.slots.indexOf(slot) ?? -1;
    if (!postings || at < 0) return;
    postings.slots.splice(at, 1);
    postings.weights.splice(at, 1);
    if (postings.slots.length === 0) this.#postings.delete(term);
  }

  /** Sums up the shared words of every story that shares any; returns the slots touched. */
  #touch(story: HeldStory): number[] {
    const scores = this.#scores;
    const touched: number[] = [];
    for (const [i, term] of story.vector.terms.entries()) {
      const postings = this.#postings.get(term);
      if (!postings) continue;
      const { slots, weights } = postings;
      const weight = story.vector.weights[i] ?? 0;
      for (let at = Math.max(0, slots.length - NEARNESS.postings); at < slots.length; at++) {
        const slot = slots[at] ?? 0;
        const before = scores[slot] ?? 0;
        if (before === 0) touched.push(slot);
        scores[slot] = before + weight * (weights[at] ?? 0);
      }
    }
    return touched;
  }

  #near(story: HeldStory): [HeldStory, number][] {
    const near: [HeldStory, number][] = [];
    for (const slot of this.#touch(story)) {
      const shared = this.#scores[slot] ?? 0;
      this.#scores[slot] = 0;
      const other = shared + MOST_SENSE < NEARNESS.least ? undefined : this.#stories[slot];
      const nearness = other ? nearnessOf(story, other, shared) : 0;
      if (other && nearness >= NEARNESS.least) near.push([other, nearness]);
    }
    return near;
  }
}

const MOST_SENSE = NEARNESS.sense * (1 - NEARNESS.strangers);

const decay = (a: HeldStory, b: HeldStory): number => {
  const apart = Math.abs(a.facts.seenAt - b.facts.seenAt);
  return apart > NEARNESS.windowMs ? 0 : Math.exp(-(apart * apart) / (2 * NEARNESS.decayMs ** 2));
};

/** How near two stories are, given the words they share: 0 to about 1. Meanings are compared only where they can decide. */
const nearnessOf = (a: HeldStory, b: HeldStory, shared: number): number => {
  const fading = decay(a, b);
  return (shared + MOST_SENSE) * fading < NEARNESS.least ? 0 : (shared + sense(a, b)) * fading;
};

/** What two stories' meanings add to, or take from, the words they share. */
const sense = (a: HeldStory, b: HeldStory): number => {
  if (!a.meaning || !b.meaning) return 0;
  let cosine = 0;
  for (let i = 0; i < a.meaning.length; i++) cosine += (a.meaning[i] ?? 0) * (b.meaning[i] ?? 0);
  return NEARNESS.sense * (cosine - NEARNESS.strangers);
};
