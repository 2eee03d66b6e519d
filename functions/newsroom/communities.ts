import type { Cluster, HeldStory } from './held.ts';

/**
 * The grain of events: what a story's links must outweigh for it to join a cluster. A share for every story there (the Constant
 * Potts Model, whose grain does not change with the number of stories), and more for each of the first few: two stories that
 * share some words are not yet an event, unless all of them do.
 */
const GRAIN = { each: 0.009, first: 0.12, few: 4 };

const costOf = (stories: number): number =>
  stories <= 0 ? 0 : GRAIN.each * stories + GRAIN.first * (Math.min(stories, GRAIN.few) - 1);

/** The cost of a merger, from the side where it is dearer. */
const costOfMerger = (a: Cluster, b: Cluster): number =>
  Math.max(a.members.size * costOf(b.members.size), b.members.size * costOf(a.members.size));

/**
 * Small clusters whose stories are near one another take in none that is far less so: the match and the transfer name the same club.
 * `share` is how near on average, as a share of what they are among themselves.
 */
const TIGHT = { stories: 8, share: 0.3 };

/** How near the stories of a small cluster are on average; 0 for others, and for one alone. */
const tightness = ({ members }: Cluster): number => {
  if (members.size < 2 || members.size > TIGHT.stories) return 0;
  let sum = 0;
  for (const story of members) {
    story.neighbours.forEach((neighbour, i) => {
      if (neighbour.cluster === story.cluster) sum += story.nearness[i] ?? 0;
    });
  }
  return sum / (members.size * (members.size - 1));
};

const EPSILON = 1e-9;
const MOST_ROUNDS = 20;
const MOST_TURNS = 4;

/** Pulls of the clusters around a story, left in each cluster's `pull`; the caller sets them back to 0. */
const feelPulls = (story: HeldStory): Cluster[] => {
  const around: Cluster[] = [];
  const { neighbours, nearness } = story;
  for (let i = 0; i < neighbours.length; i++) {
    const cluster = neighbours[i]?.cluster;
    if (!cluster) continue;
    if (cluster.pull === 0) around.push(cluster);
    cluster.pull += nearness[i] ?? 0;
  }
  return around;
};

/** The cluster where a story gains most, or undefined if it is best alone. */
const bestFor = (story: HeldStory): Cluster | undefined => {
  const around = feelPulls(story);
  let best: Cluster | undefined = story.cluster.members.size === 1 ? undefined : story.cluster;
  let bestGain = best ? best.pull - costOf(best.members.size - 1) : 0;
  if (bestGain < -EPSILON) [best, bestGain] = [undefined, 0];
  for (const cluster of around) {
    if (cluster === story.cluster) continue;
    const gain = cluster.pull - costOf(cluster.members.size);
    if (gain <= bestGain + EPSILON || cluster.pull < TIGHT.share * cluster.members.size * tightness(cluster)) continue;
    [best, bestGain] = [cluster, gain];
  }
  for (const cluster of around) cluster.pull = 0;
  return best;
};

const alone = (story: HeldStory): Cluster => ({ id: story.facts.id, members: new Set(), dirty: true, pull: 0 });

const move = (story: HeldStory, to: Cluster): void => {
  story.cluster.members.delete(story);
  to.members.add(story);
  story.cluster.dirty = true;
  to.dirty = true;
  story.cluster = to;
};

/** Moves stories to where they gain most until nobody wants to move; returns the clusters that changed. */
const settleStories = (start: Iterable<HeldStory>): Set<Cluster> => {
  const changed = new Set<Cluster>();
  let queue = new Set(start);
  for (let round = 0; round < MOST_ROUNDS && queue.size > 0; round++) {
    const next = new Set<HeldStory>();
    for (const story of queue) {
      const best = bestFor(story);
      if (best === story.cluster || (!best && story.cluster.members.size === 1)) continue;
      const from = story.cluster;
      move(story, best ?? alone(story));
      changed.add(from).add(story.cluster);
      for (const neighbour of story.neighbours) if (neighbour.cluster !== story.cluster) next.add(neighbour);
    }
    queue = next;
  }
  return changed;
};

/** What two clusters must pull each other with, if both are tight, or one is and the other a single story. */
const leastPull = (a: Cluster, b: Cluster): number => {
  const [small, large] = a.members.size <= b.members.size ? [a, b] : [b, a];
  const tight = small.members.size === 1 ? tightness(large) : Math.min(tightness(small), tightness(large));
  return TIGHT.share * a.members.size * b.members.size * tight;
};

/** The other cluster with which a whole cluster gains most by merging. */
const bestMerge = (cluster: Cluster): Cluster | undefined => {
  const around = new Set<Cluster>();
  for (const story of cluster.members) for (const other of feelPulls(story)) around.add(other);
  let best: Cluster | undefined;
  let bestGain = EPSILON;
  for (const other of around) {
    const gain = other.pull - costOfMerger(cluster, other);
    if (other === cluster || gain <= bestGain || other.pull < leastPull(cluster, other)) continue;
    [best, bestGain] = [other, gain];
  }
  for (const other of around) other.pull = 0;
  return best;
};

/** Merges whole clusters while that gains; the larger one takes the smaller in, and is looked at again when the others have been. */
const settleClusters = (start: Iterable<Cluster>): { changed: Set<Cluster>; moved: HeldStory[] } => {
  const changed = new Set<Cluster>();
  const moved: HeldStory[] = [];
  const queue = new Set(start);
  for (const cluster of queue) {
    queue.delete(cluster);
    const other = cluster.members.size > 0 ? bestMerge(cluster) : undefined;
    if (!other) continue;
    const [large, small] = other.members.size >= cluster.members.size ? [other, cluster] : [cluster, other];
    for (const story of [...small.members]) {
      move(story, large);
      moved.push(story);
    }
    changed.add(large).add(small);
    queue.delete(large);
    queue.add(large);
  }
  return { changed, moved };
};

/** Stories and those near them in other clusters: whom a move concerns. */
const around = (stories: readonly HeldStory[]): Set<HeldStory> => {
  const concerned = new Set(stories);
  for (const story of stories)
    for (const neighbour of story.neighbours) if (neighbour.cluster !== story.cluster) concerned.add(neighbour);
  return concerned;
};

/** Places new stories among the clusters and lets their surroundings settle; returns every cluster that changed, emptied ones too. */
export const settle = (added: readonly HeldStory[]): Set<Cluster> => {
  const changed = new Set(added.map((story) => story.cluster));
  let restless: Iterable<HeldStory> = added;
  for (let round = 0; round < MOST_TURNS; round++) {
    const moved = settleStories(restless);
    const merged = settleClusters(round === 0 ? changed.union(moved) : moved);
    for (const cluster of moved.union(merged.changed)) changed.add(cluster);
    if (merged.moved.length === 0) break;
    restless = around(merged.moved);
  }
  return changed;
};
