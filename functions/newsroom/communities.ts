import { ClusterTable } from './cluster-table.ts';
import type { Graph } from './graph.ts';
import type { Cluster, HeldStory } from './held.ts';

/**
 * The grain of events: what a story's links must outweigh for it to join a cluster. A share for every story there (the Constant
 * Potts Model, whose grain does not change with the number of stories), and more for each of the first few: two stories that
 * share some words are not yet an event, unless all of them do.
 */
const GRAIN = { each: 0.009, first: 0.12, few: 4 };

const costOf = (stories: number): number =>
  stories <= 0 ? 0 : GRAIN.each * stories + GRAIN.first * (Math.min(stories, GRAIN.few) - 1);

/** The cost of a merger of clusters of these sizes, from the side where it is dearer. */
const costOfMerger = (a: number, b: number): number => Math.max(a * costOf(b), b * costOf(a));

/**
 * Small clusters whose stories are near one another take in none that is far less so: the match and the transfer name the same club.
 * `share` is how near on average, as a share of what they are among themselves.
 */
const TIGHT = { stories: 8, share: 0.3 };

const EPSILON = 1e-9;
const MOST_ROUNDS = 20;
const MOST_TURNS = 4;
/** No cluster of those that there are. */
const NONE = -1;

/** The events that the stories of a window form. Stories and clusters go by slots and numbers wherever many are looked at. */
export class Communities {
  readonly #graph: Graph;
  readonly #table: ClusterTable;
  /** How many clusters pull what is being looked at: the first numbers of the table's `felt`. */
  #met = 0;
  /** Whether a slot is in the list being made; all 0 between two lists. A set of so many would be new memory each time. */
  #listed = new Uint8Array(0);

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#table = new ClusterTable(graph);
  }

  /** Places new stories among the clusters and lets their surroundings settle; returns every cluster that changed, emptied ones too. */
  settle(added: readonly HeldStory[]): Set<Cluster> {
    for (const story of added) this.#table.enter(story);
    if (this.#listed.length < this.#graph.at.length) this.#listed = new Uint8Array(this.#graph.at.length);
    const changed = new Set(added.map((story) => story.cluster));
    let restless = added.map(({ slot }) => slot);
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const moved = this.#settleStories(restless);
      const merged = this.#settleClusters(turn === 0 ? changed.union(moved) : moved);
      for (const cluster of moved.union(merged.changed)) changed.add(cluster);
      if (merged.moved.length === 0) break;
      restless = this.#around(merged.moved);
    }
    return changed;
  }

  /** Takes a story out of its cluster. */
  leave(story: HeldStory): void {
    this.#table.leave(story);
  }

  /** Moves stories to where they gain most until nobody wants to move; returns the clusters that changed. */
  #settleStories(start: readonly number[]): Set<Cluster> {
    const { stories, at } = this.#graph;
    const changed = new Set<Cluster>();
    let queue = start;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const next: number[] = [];
      for (const slot of queue) {
        const own = at[slot] ?? NONE;
        const best = this.#bestFor(slot);
        if (best === own || (best === NONE && this.#table.sizes[own] === 1)) continue;
        // only now is the story itself fetched from far away in memory
        const story = stories[slot];
        if (!story) continue;
        changed.add(story.cluster);
        this.#table.move(story, this.#table.clusters[best]);
        changed.add(story.cluster);
        this.#addAround(story, next);
      }
      for (const slot of next) this.#listed[slot] = 0;
      if (next.length === 0) break;
      queue = next;
    }
    return changed;
  }

  /** Merges whole clusters while that gains; the larger one takes the smaller in, and is looked at again when the others have been. */
  #settleClusters(start: Iterable<Cluster>): { changed: Set<Cluster>; moved: HeldStory[] } {
    const changed = new Set<Cluster>();
    const moved: HeldStory[] = [];
    const queue = new Set(start);
    for (const cluster of queue) {
      queue.delete(cluster);
      const other = cluster.members.size > 0 ? this.#table.clusters[this.#bestMerge(cluster)] : undefined;
      if (!other) continue;
      const [large, small] = other.members.size >= cluster.members.size ? [other, cluster] : [cluster, other];
      for (const story of [...small.members]) {
        this.#table.move(story, large);
        moved.push(story);
      }
      changed.add(large).add(small);
      queue.delete(large);
      queue.add(large);
    }
    return { changed, moved };
  }

  /** The cluster where a story gains most, or none if it is best alone. */
  #bestFor(slot: number): number {
    const { sizes, pulls, felt } = this.#table;
    this.#feel(slot);
    const own = this.#graph.at[slot] ?? NONE;
    const size = sizes[own] ?? 0;
    let best = size === 1 ? NONE : own;
    let bestGain = size === 1 ? 0 : (pulls[own] ?? 0) - costOf(size - 1);
    if (bestGain < -EPSILON) [best, bestGain] = [NONE, 0];
    for (let i = 0; i < this.#met; i++) {
      const cluster = felt[i] ?? NONE;
      if (cluster === own) continue;
      const pull = pulls[cluster] ?? 0;
      const gain = pull - costOf(sizes[cluster] ?? 0);
      if (gain <= bestGain + EPSILON || pull < this.#leastPullOn(cluster)) continue;
      [best, bestGain] = [cluster, gain];
    }
    this.#calm();
    return best;
  }

  /** The other cluster with which a whole cluster gains most by merging, or none. */
  #bestMerge({ number, members }: Cluster): number {
    const { sizes, pulls, felt } = this.#table;
    for (const { slot } of members) this.#feel(slot);
    let best = NONE;
    let bestGain = EPSILON;
    for (let i = 0; i < this.#met; i++) {
      const other = felt[i] ?? NONE;
      const gain = (pulls[other] ?? 0) - costOfMerger(members.size, sizes[other] ?? 0);
      if (other === number || gain <= bestGain || (pulls[other] ?? 0) < this.#leastPull(number, other)) continue;
      [best, bestGain] = [other, gain];
    }
    this.#calm();
    return best;
  }

  /** Adds a story's links to the pulls of the clusters around it. */
  #feel(slot: number): void {
    const { at } = this.#graph;
    const { pulls, felt } = this.#table;
    const { starts, lengths, numbers, weights } = this.#graph.links;
    const start = starts[slot] ?? 0;
    const end = start + (lengths[slot] ?? 0);
    for (let i = start; i < end; i++) {
      const cluster = at[numbers[i] ?? 0] ?? 0;
      const before = pulls[cluster] ?? 0;
      if (before === 0) felt[this.#met++] = cluster;
      pulls[cluster] = before + (weights[i] ?? 0);
    }
  }

  #calm(): void {
    const { pulls, felt } = this.#table;
    for (let i = 0; i < this.#met; i++) pulls[felt[i] ?? 0] = 0;
    this.#met = 0;
  }

  /** How near the stories of a small cluster are on average; 0 for others, and for one alone. */
  #tightness(cluster: number): number {
    return (this.#table.sizes[cluster] ?? 0) > TIGHT.stories ? 0 : this.#table.tightness(cluster);
  }

  /** What a cluster must pull a story with. */
  #leastPullOn(cluster: number): number {
    return TIGHT.share * (this.#table.sizes[cluster] ?? 0) * this.#tightness(cluster);
  }

  /** What two clusters must pull each other with, if both are tight, or one is and the other a single story. */
  #leastPull(a: number, b: number): number {
    const [sizeOfA, sizeOfB] = [this.#table.sizes[a] ?? 0, this.#table.sizes[b] ?? 0];
    const [small, large] = sizeOfA <= sizeOfB ? [a, b] : [b, a];
    const tight =
      Math.min(sizeOfA, sizeOfB) === 1
        ? this.#tightness(large)
        : Math.min(this.#tightness(small), this.#tightness(large));
    return TIGHT.share * sizeOfA * sizeOfB * tight;
  }

  /** Stories and those near them in other clusters: whom moves concern. */
  #around(moved: readonly HeldStory[]): number[] {
    const concerned: number[] = [];
    for (const { slot } of moved) this.#list(slot, concerned);
    for (const story of moved) this.#addAround(story, concerned);
    for (const slot of concerned) this.#listed[slot] = 0;
    return concerned;
  }

  /** Adds a slot to a list that does not hold it yet. */
  #list(slot: number, to: number[]): void {
    if (this.#listed[slot] === 1) return;
    this.#listed[slot] = 1;
    to.push(slot);
  }

  #addAround({ slot }: HeldStory, to: number[]): void {
    const { at } = this.#graph;
    const { starts, lengths, numbers } = this.#graph.links;
    const own = at[slot];
    const start = starts[slot] ?? 0;
    const end = start + (lengths[slot] ?? 0);
    for (let i = start; i < end; i++) {
      const other = numbers[i] ?? 0;
      if (at[other] !== own) this.#list(other, to);
    }
  }
}
