import type { HeldStory } from './held.ts';
import { Lists } from './lists.ts';

/** Which stories are linked with which, by slots lent to them while they are in the window. */
export class Graph {
  /** The story in each slot. */
  readonly stories: (HeldStory | undefined)[] = [];
  /** The slots of the stories each is linked with, and how near they are. */
  readonly links = new Lists(Float64Array);
  readonly #free: number[] = [];

  /** Gives a new story its slot. */
  enter(story: HeldStory): void {
    story.slot = this.#free.pop() ?? this.stories.length;
    story.graph = this;
    this.stories[story.slot] = story;
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

  /** The stories that one is linked with, in the order in which the links were made. */
  around({ slot }: HeldStory): HeldStory[] {
    const stories: HeldStory[] = [];
    for (const neighbour of this.#slotsAround(slot)) {
      const story = this.stories[neighbour];
      if (story) stories.push(story);
    }
    return stories;
  }

  #slotsAround(slot: number): Int32Array {
    const start = this.links.starts[slot] ?? 0;
    return this.links.numbers.subarray(start, start + (this.links.lengths[slot] ?? 0));
  }
}
