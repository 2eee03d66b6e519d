import { HOUR } from '../model/time.ts';
import type { HeldStory } from './held.ts';
import { Postings } from './postings.ts';
import { Senses } from './senses.ts';

/** How the graph of similar stories is built. Found on the development sets; see docs/decisions/0031-topics-and-events.md. */
export const NEARNESS = {
  /** Stories further apart than this are never linked. */
  windowMs: 72 * HOUR,
  /** Standard deviation of the time decay. */
  decayMs: 20 * HOUR,
  /** Links weaker than this are not made. */
  least: 0.125,
  /** Links that a new story makes at most. */
  most: 14,
  /** What likeness of meaning adds to shared words, and the cosine from which it counts. */
  sense: 0.1,
  strangers: 0.6,
};

const link = (a: HeldStory, b: HeldStory, nearness: number): void => {
  a.neighbours.push(b);
  a.slots.push(b.slot);
  a.nearness.push(nearness);
  b.neighbours.push(a);
  b.slots.push(a.slot);
  b.nearness.push(nearness);
};

const unlink = (from: HeldStory, gone: HeldStory): void => {
  const at = from.slots.indexOf(gone.slot);
  if (at < 0) return;
  from.neighbours.splice(at, 1);
  from.slots.splice(at, 1);
  from.nearness.splice(at, 1);
};

/** The nearest stories found so far, nearest first; equals by id, so that the order in which they were found says nothing. */
class Nearest {
  readonly stories: HeldStory[] = [];
  readonly nearness: number[] = [];

  /** What a story must reach to be among them. */
  get bar(): number {
    return this.stories.length < NEARNESS.most ? NEARNESS.least : (this.nearness[NEARNESS.most - 1] ?? 0);
  }

  offer(story: HeldStory, nearness: number): void {
    if (nearness < this.bar) return;
    const { stories } = this;
    let at = stories.length;
    if (at === NEARNESS.most && !this.#precedes(story, nearness, --at)) return;
    for (; at > 0 && this.#precedes(story, nearness, at - 1); at--) {
      stories[at] = stories[at - 1] ?? story;
      this.nearness[at] = this.nearness[at - 1] ?? 0;
    }
    stories[at] = story;
    this.nearness[at] = nearness;
  }

  #precedes(story: HeldStory, nearness: number, at: number): boolean {
    const other = this.nearness[at] ?? 0;
    return nearness > other || (nearness === other && story.facts.id < (this.stories[at]?.facts.id ?? ''));
  }
}

/** In how many steps from 0 to 1 bounds are told apart. */
const STEPS = 64;

/** An inverted index over the window: which stories share terms with a new one. Stories have slots, so that what is compared lies close together. */
export class Neighbourhood {
  readonly #postings = new Postings();
  readonly #stories: (HeldStory | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #senses = new Senses();
  #scores = new Float32Array(1024);
  #seenAt = new Float64Array(1024);
  /** Slots of the stories that one is compared with, how much time has faded each, and how near each can be. */
  #worthy = new Uint32Array(1024);
  #fadings = new Float64Array(1024);
  #bounds = new Float64Array(1024);
  readonly #steps = new Uint32Array(STEPS);

  /** Links a story with the most similar ones already here, and adds it. */
  add(story: HeldStory): void {
    this.#settleIn(story);
    const { stories, nearness } = this.#near(story);
    const { terms, weights } = story.vector;
    for (let i = 0; i < stories.length; i++) link(story, stories[i] ?? story, nearness[i] ?? 0);
    for (let i = 0; i < terms.length; i++) this.#postings.add(terms[i] ?? 0, story.slot, weights[i] ?? 0);
  }

  /** Takes a story out of the index and the graph. */
  forget(story: HeldStory): void {
    for (const neighbour of story.neighbours) unlink(neighbour, story);
    for (const term of story.vector.terms) this.#postings.delete(term, story.slot);
    this.#stories[story.slot] = undefined;
    this.#free.push(story.slot);
  }

  #settleIn(story: HeldStory): void {
    story.slot = this.#free.pop() ?? this.#stories.length;
    this.#stories[story.slot] = story;
    if (story.slot >= this.#scores.length) this.#widen();
    this.#seenAt[story.slot] = story.facts.seenAt;
    this.#senses.set(story.slot, story.meaning);
  }

  #widen(): void {
    const scores = new Float32Array(2 * this.#scores.length);
    const seenAt = new Float64Array(scores.length);
    seenAt.set(this.#seenAt);
    this.#scores = scores;
    this.#seenAt = seenAt;
    this.#worthy = new Uint32Array(scores.length);
    this.#fadings = new Float64Array(scores.length);
    this.#bounds = new Float64Array(scores.length);
  }

  /** Sums up the words shared with every story that shares any; returns how many share enough to be looked at. */
  #share(story: HeldStory): number {
    const { terms, weights } = story.vector;
    const scores = this.#scores.fill(0);
    let count = 0;
    for (let i = 0; i < terms.length; i++) {
      count = this.#postings.score(terms[i] ?? 0, weights[i] ?? 0, scores, WORTH, this.#worthy, count);
    }
    return count;
  }

  /** Keeps those that could be linked, whatever their meanings: slots, fadings and what they reach at most. Returns how many. */
  #sift(story: HeldStory, worthy: number): number {
    let kept = 0;
    for (let i = 0; i < worthy; i++) {
      const slot = this.#worthy[i] ?? 0;
      const most = (this.#scores[slot] ?? 0) + MOST_SENSE;
      const fading = decay((this.#seenAt[slot] ?? 0) - story.facts.seenAt);
      if (most < NEARNESS.least || most * fading < NEARNESS.least) continue;
      this.#worthy[kept] = slot;
      this.#fadings[kept] = fading;
      this.#bounds[kept] = most * fading;
      kept++;
    }
    return kept;
  }

  /** A bound that as many of those kept reach as a story is linked with, or a few more. */
  #promising(kept: number): number {
    const steps = this.#steps.fill(0);
    for (let i = 0; i < kept; i++) {
      const step = Math.min(STEPS - 1, Math.floor((this.#bounds[i] ?? 0) * STEPS));
      steps[step] = (steps[step] ?? 0) + 1;
    }
    let step = STEPS;
    for (let reached = 0; step > 0 && reached < NEARNESS.most; ) reached += steps[--step] ?? 0;
    return step / STEPS;
  }

  /** The stories nearest to one. The promising go first: after them few others can still enter, and only theirs are the meanings compared. */
  #near(story: HeldStory): Nearest {
    const nearest = new Nearest();
    const kept = this.#sift(story, this.#share(story));
    const promising = this.#promising(kept);
    for (let i = 0; i < kept; i++) if ((this.#bounds[i] ?? 0) >= promising) this.#offer(i, story, nearest);
    for (let i = 0; i < kept; i++) if ((this.#bounds[i] ?? 0) < promising) this.#offer(i, story, nearest);
    return nearest;
  }

  /** Offers one of those kept, if it can still enter. */
  #offer(kept: number, story: HeldStory, nearest: Nearest): void {
    if ((this.#bounds[kept] ?? 0) < nearest.bar) return;
    const slot = this.#worthy[kept] ?? 0;
    const nearness = ((this.#scores[slot] ?? 0) + this.#sense(story.slot, slot)) * (this.#fadings[kept] ?? 0);
    // only now is the story itself fetched from far away in memory
    const other = nearness < nearest.bar ? undefined : this.#stories[slot];
    if (other !== undefined) nearest.offer(other, nearness);
  }

  /** What two stories' meanings add to, or take from, the words they share. */
  #sense(a: number, b: number): number {
    const likeness = this.#senses.likeness(a, b);
    return likeness === undefined ? 0 : NEARNESS.sense * (likeness - NEARNESS.strangers);
  }
}

/** What likeness of meaning adds at most. */
const MOST_SENSE = NEARNESS.sense * (1 - NEARNESS.strangers);

/** What words must add up to for any meaning to lift them over the least: a little less than that, and a number of 32 bits. */
const WORTH = Math.fround(NEARNESS.least - MOST_SENSE - 1e-3);
const TWICE_VARIANCE = 2 * NEARNESS.decayMs ** 2;

/** How much a likeness counts over a span of time, in milliseconds. */
const decay = (apart: number): number =>
  Math.abs(apart) > NEARNESS.windowMs ? 0 : Math.exp(-(apart * apart) / TWICE_VARIANCE);
