import type { Cluster, HeldStory } from './held.ts';

/** The outlets that tell an event in their own words: one vote per registrable domain and per identical text, rewrites not counted. */
export const outletsOf = (stories: Iterable<HeldStory>): Set<string> => {
  const outlets = new Set<string>();
  const texts = new Set<number>();
  for (const story of stories) {
    if (story.rewriteOf || texts.has(story.textHash) || outlets.has(story.outlet)) continue;
    texts.add(story.textHash);
    outlets.add(story.outlet);
  }
  return outlets;
};

/**
 * How much a vote of each outlet counts, learned from the window itself: outlets whose stories are often told by others as well
 * are newsrooms; deals, forums and lone blogs are not. 0.2 to 1.
 */
export class OutletWeights {
  readonly #weights = new Map<string, number>();

  constructor(clusters: Iterable<Cluster>) {
    const tallies = new Map<string, { all: number; shared: number }>();
    for (const { members } of clusters) {
      const shared = members.size >= 3 && outletsOf(members).size >= 3 ? 1 : 0;
      for (const { outlet } of members) {
        const tally = tallies.get(outlet) ?? { all: 0, shared: 0 };
        tallies.set(outlet, { all: tally.all + 1, shared: tally.shared + shared });
      }
    }
    for (const [outlet, { all, shared }] of tallies) {
      this.#weights.set(outlet, 0.2 + 0.8 * Math.min(1, (2 * (shared + 0.6)) / (all + 2)));
    }
  }

  of(outlet: string): number {
    return this.#weights.get(outlet) ?? 0.5;
  }
}
