import { HOUR, type Instant, MINUTE } from '../model/time.ts';
import type { Graph } from './graph.ts';
import type { HeldStory } from './held.ts';
import { Postings } from './postings.ts';
import { areIssues } from './rewrites.ts';
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

/** The nearest stories found so far, by slot, nearest first; equals by id, so that the order in which they were found says nothing. */
class Nearest {
  readonly slots = new Int32Array(NEARNESS.most);
  readonly nearness = new Float64Array(NEARNESS.most);
  count = 0;
  readonly #graph: Graph;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** What a story must reach to be among them. */
  get bar(): number {
    return this.count < NEARNESS.most ? NEARNESS.least : (this.nearness[NEARNESS.most - 1] ?? 0);
  }

  offer(slot: number, nearness: number): void {
    if (nearness < this.bar) return;
    const { slots } = this;
    let at = this.count;
    if (at < NEARNESS.most) this.count++;
    else if (!this.#precedes(slot, nearness, --at)) return;
    for (; at > 0 && this.#precedes(slot, nearness, at - 1); at--) {
      slots[at] = slots[at - 1] ?? slot;
      this.nearness[at] = this.nearness[at - 1] ?? 0;
    }
    slots[at] = slot;
    this.nearness[at] = nearness;
  }

  #precedes(slot: number, nearness: number, at: number): boolean {
    const other = this.nearness[at] ?? 0;
    return nearness > other || (nearness === other && this.#idOf(slot) < this.#idOf(this.slots[at] ?? 0));
  }

  #idOf(slot: number): string {
    return this.#graph.stories[slot]?.facts.id ?? '';
  }
}

/** In how many steps from 0 to 1 bounds are told apart. */
const STEPS = 64;

/** An inverted index over the window: which stories share terms with a new one. What is compared lies close together, by slots. */
export class Neighbourhood {
  readonly #graph: Graph;
  readonly #postings: Postings;
  readonly #senses = new Senses();
  readonly #nearest: Nearest;
  /** What the words share with each slot's story; all 0 between two stories. */
  #scores = new Float32Array(1024);
  #seenAt = new Float64Array(1024);
  /** First sights in spans of fading. */
  #spans = new Int32Array(1024);
  /** Slots of the stories that one is compared with, and how near each can be. */
  #worthy = new Uint32Array(1024);
  #bounds = new Float64Array(1024);
  readonly #steps = new Uint32Array(STEPS);

  /** @param seed see `TermMap` */
  constructor(graph: Graph, seed: number) {
    this.#graph = graph;
    this.#nearest = new Nearest(graph);
    this.#postings = new Postings(seed);
  }

  /** Links a story with the most similar ones already here, and adds it. */
  add(story: HeldStory): void {
    this.#settleIn(story);
    const { slots, nearness, count } = this.#near(story);
    const { terms, weights } = story.vector;
    this.#graph.links.reserve(story.slot, count);
    for (let i = 0; i < count; i++) {
      const slot = slots[i] ?? 0;
      if (!this.#isIssueOf(story, slot)) this.#graph.link(story.slot, slot, nearness[i] ?? 0);
    }
    for (let i = 0; i < terms.length; i++) this.#postings.add(terms[i] ?? 0, story.slot, weights[i] ?? 0);
  }

  /** Takes a story out of the index and the graph. */
  forget(story: HeldStory): void {
    for (const term of story.vector.terms) this.#postings.delete(term, story.slot);
    this.#graph.leave(story);
  }

  /** Whether a slot's story and another are issues of a series. It is fetched from far away in memory only where the outlet is the same. */
  #isIssueOf(story: HeldStory, slot: number): boolean {
    const { outlets, stories } = this.#graph;
    const other = outlets[slot] === outlets[story.slot] ? stories[slot] : undefined;
    return other !== undefined && areIssues(story, other);
  }

  #settleIn(story: HeldStory): void {
    this.#graph.enter(story);
    if (story.slot >= this.#scores.length) this.#widen();
    this.#seenAt[story.slot] = story.facts.seenAt;
    this.#spans[story.slot] = spanOf(story.facts.seenAt);
    this.#senses.set(story.slot, story.meaning);
  }

  #widen(): void {
    const length = 2 * this.#scores.length;
    const [seenAt, spans] = [new Float64Array(length), new Int32Array(length)];
    seenAt.set(this.#seenAt);
    spans.set(this.#spans);
    [this.#seenAt, this.#spans] = [seenAt, spans];
    [this.#scores, this.#worthy, this.#bounds] = [
      new Float32Array(length),
      new Uint32Array(length),
      new Float64Array(length),
    ];
  }

  /** Sums up the words shared with every story that shares any; returns how many share enough to be looked at. */
  #share({ vector: { terms, weights } }: HeldStory): number {
    let count = 0;
    for (let i = 0; i < terms.length; i++) {
      count = this.#postings.score(terms[i] ?? 0, weights[i] ?? 0, this.#scores, WORTH, this.#worthy, count);
    }
    return count;
  }

  #calm({ vector: { terms } }: HeldStory): void {
    for (let i = 0; i < terms.length; i++) this.#postings.calm(terms[i] ?? 0, this.#scores);
  }

  /** Keeps those that could be linked, whatever their meanings: slots and what they reach at most. Returns how many. */
  #sift(story: HeldStory, worthy: number): number {
    const [scores, spans, slots, bounds] = [this.#scores, this.#spans, this.#worthy, this.#bounds];
    const span = spans[story.slot] ?? 0;
    let kept = 0;
    for (let i = 0; i < worthy; i++) {
      const slot = slots[i] ?? 0;
      const most = (scores[slot] ?? 0) + MOST_SENSE;
      const bound = most * mostFading(span - (spans[slot] ?? 0));
      if (bound < NEARNESS.least) continue;
      slots[kept] = slot;
      bounds[kept] = bound;
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
    const nearest = this.#nearest;
    nearest.count = 0;
    const kept = this.#sift(story, this.#share(story));
    const promising = this.#promising(kept);
    for (let i = 0; i < kept; i++) if ((this.#bounds[i] ?? 0) >= promising) this.#offer(i, story, nearest);
    for (let i = 0; i < kept; i++) if ((this.#bounds[i] ?? 0) < promising) this.#offer(i, story, nearest);
    this.#calm(story);
    return nearest;
  }

  /** Offers one of those kept, if it can still enter. */
  #offer(kept: number, story: HeldStory, nearest: Nearest): void {
    if ((this.#bounds[kept] ?? 0) < nearest.bar) return;
    const slot = this.#worthy[kept] ?? 0;
    const shared = this.#scores[slot] ?? 0;
    const fading = decay((this.#seenAt[slot] ?? 0) - story.facts.seenAt);
    if ((shared + MOST_SENSE) * fading < nearest.bar) return;
    nearest.offer(slot, (shared + this.#sense(story.slot, slot)) * fading);
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

/** Bounds take time in spans of so many milliseconds: a table tells what fades over them. */
const SPAN = 5 * MINUTE;
const spanOf = (at: Instant): number => Math.floor(at / SPAN);

/** What is left at most between stories so many spans apart: they may be nearly one span nearer than that. */
const FADINGS = Float64Array.from({ length: NEARNESS.windowMs / SPAN + 2 }, (_, spans) =>
  decay(Math.max(0, spans - 1) * SPAN),
);
const mostFading = (spans: number): number => FADINGS[Math.abs(spans)] ?? 0;
