import { TOPICS } from '../model/topic.ts';
import type { HeldStory } from './held.ts';
import { Lists } from './lists.ts';
import { putOdds } from './near-topics.ts';

const FIRST = 1024;

/** Which stories are linked with which, and where they stand, by slots lent to them while they are in the window. */
export class Graph {
  /** The story in each slot. */
  readonly stories: (HeldStory | undefined)[] = [];
  /** The slots of the stories each is linked with, and how near they are. */
  readonly links = new Lists(Float64Array);
  /** The number of the cluster that each slot's story is in. */
  at = new Int32Array(FIRST);
  /** The number of each slot's outlet: of equal outlets the same, so that stories need not be fetched to compare them. */
  outlets = new Int32Array(FIRST);
  /** What each slot's story says of its topics, a row each: see `putOdds`. */
  odds = new Float32Array(FIRST * TOPICS.length);
  readonly #numbers = new Map<string, number>();
  readonly #free: number[] = [];

  /** Gives a new story its slot. */
  enter(story: HeldStory): void {
    story.slot = this.#free.pop() ?? this.stories.length;
    story.graph = this;
    this.stories[story.slot] = story;
    if (story.slot >= this.at.length) this.#widen();
    this.outlets[story.slot] = this.#numberOf(story.outlet);
    putOdds(story.chances, this.odds, story.slot);
  }

  #numberOf(outlet: string): number {
    const known = this.#numbers.get(outlet);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(outlet, number);
    return number;
  }

  link(a: number, b: number, nearness: number): void {
    this.links.push(a, b, nearness);
    this.links.push(b, a, nearness);
  }

  /** Takes a story and its links out, and its slot back. */
  leave({ slot }: HeldStory): void {
    for (const neighbour of this.#slotsAround(slot)) this.links.remove(neighbour, slot);
    this.links.clear(slot);
    this.stories[slot] = undefined;
    this.#free.push(slot);
  }

  /** The stories of the same outlet that one is linked with, in the order in which the links were made. */
  ofSameOutlet({ slot }: HeldStory): HeldStory[] {
    const { stories, outlets } = this;
    const { starts, lengths, numbers } = this.links;
    const own = outlets[slot];
    const found: HeldStory[] = [];
    const start = starts[slot] ?? 0;
    for (let i = start; i < start + (lengths[slot] ?? 0); i++) {
      const neighbour = numbers[i] ?? 0;
      const story = outlets[neighbour] === own ? stories[neighbour] : undefined;
      if (story) found.push(story);
    }
    return found;
  }

  #slotsAround(slot: number): Int32Array {
    const start = this.links.starts[slot] ?? 0;
    return this.links.numbers.subarray(start, start + (this.links.lengths[slot] ?? 0));
  }

  #widen(): void {
    const length = 2 * this.at.length;
    const [at, outlets] = [new Int32Array(length), new Int32Array(length)];
    const odds = new Float32Array(length * TOPICS.length);
    at.set(this.at);
    outlets.set(this.outlets);
    odds.set(this.odds);
    [this.at, this.outlets, this.odds] = [at, outlets, odds];
  }
}
