import type { Graph } from './graph.ts';
import type { Cluster, HeldStory } from './held.ts';

const FIRST = 1024;
/** A number that was not worked out since the cluster's stories last changed. */
const UNKNOWN = -1;

/**
 * Which story is in which cluster, in flat arrays: stories by their slot in the similarity index, clusters by a number that is
 * lent to them while they have stories. Settling asks this millions of times; by way of the objects most answers would come from
 * far away in memory.
 */
export class ClusterTable {
  /** How many stories each cluster has. */
  sizes = new Int32Array(FIRST);
  /** How strongly each cluster pulls what is being looked at; all 0 between two looks. */
  pulls = new Float64Array(FIRST);
  /** Room for the numbers of the clusters that pull it, in the order they were met: an array filled and emptied each time would be new memory each time. */
  felt = new Int32Array(FIRST);
  readonly clusters: (Cluster | undefined)[] = [];
  readonly #graph: Graph;
  readonly #free: number[] = [];
  #tightness = new Float64Array(FIRST).fill(UNKNOWN);

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Takes a new story in, alone in its cluster. */
  enter(story: HeldStory): void {
    this.#widen(story.slot + 1);
    this.#open(story.cluster);
    this.#join(story, story.cluster);
  }

  /** Takes a story out of its cluster. */
  leave(story: HeldStory): void {
    this.#part(story);
  }

  /** Moves a story to another cluster, or to one of its own. */
  move(story: HeldStory, to: Cluster | undefined): void {
    this.#part(story);
    story.cluster.dirty = true;
    story.cluster = to ?? this.#open({ id: story.facts.id, members: new Set(), dirty: true, number: -1 });
    this.#join(story, story.cluster);
    story.cluster.dirty = true;
  }

  /** How near the stories of a cluster are to one another on average; 0 for one story. Worked out once for the same stories. */
  tightness(number: number): number {
    const known = this.#tightness[number] ?? UNKNOWN;
    if (known !== UNKNOWN) return known;
    let sum = 0;
    const { at } = this.#graph;
    const { starts, lengths, numbers, weights } = this.#graph.links;
    for (const { slot } of this.clusters[number]?.members ?? []) {
      const start = starts[slot] ?? 0;
      const end = start + (lengths[slot] ?? 0);
      for (let i = start; i < end; i++) if (at[numbers[i] ?? 0] === number) sum += weights[i] ?? 0;
    }
    const size = this.sizes[number] ?? 0;
    const tightness = size < 2 ? 0 : sum / (size * (size - 1));
    this.#tightness[number] = tightness;
    return tightness;
  }

  #open(cluster: Cluster): Cluster {
    cluster.number = this.#free.pop() ?? this.clusters.length;
    this.#widen(cluster.number + 1);
    this.clusters[cluster.number] = cluster;
    return cluster;
  }

  #join(story: HeldStory, { number, members }: Cluster): void {
    members.add(story);
    this.#graph.at[story.slot] = number;
    this.#resize(number, members.size);
  }

  #part(story: HeldStory): void {
    const { number, members } = story.cluster;
    members.delete(story);
    this.#resize(number, members.size);
    if (members.size > 0) return;
    this.clusters[number] = undefined;
    this.#free.push(number);
  }

  #resize(number: number, size: number): void {
    this.sizes[number] = size;
    this.#tightness[number] = UNKNOWN;
  }

  /** There are never more clusters than stories, so one length serves all. */
  #widen(least: number): void {
    if (least <= this.sizes.length) return;
    const length = Math.max(least, 2 * this.sizes.length);
    const [sizes, pulls] = [new Int32Array(length), new Float64Array(length)];
    const tightness = new Float64Array(length).fill(UNKNOWN);
    sizes.set(this.sizes);
    tightness.set(this.#tightness);
    [this.sizes, this.pulls, this.#tightness] = [sizes, pulls, tightness];
    this.felt = new Int32Array(length);
  }
}
