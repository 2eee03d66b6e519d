import type { Cluster, HeldStory } from './held.ts';

/** The first story of each outlet in its own words: one vote per registrable domain and per identical text, rewrites not counted. */
export const onePerOutlet = (stories: Iterable<HeldStory>): HeldStory[] => {
  const votes = new Map<string, HeldStory>();
  const texts = new Set<number>();
  for (const story of stories) {
    if (story.rewriteOf || texts.has(story.textHash) || votes.has(story.outlet)) continue;
    texts.add(story.textHash);
    votes.set(story.outlet, story);
  }
  return [...votes.values()];
};

/** The outlets that tell an event in their own words. */
export const outletsOf = (stories: Iterable<HeldStory>): Set<string> =>
  new Set(onePerOutlet(stories).map(({ outlet }) => outlet));

/** A feed is judged by so many stories at least. */
const ENOUGH = 8;

/**
 * Tells feeds that pass on what others wrote: their stories lie at many addresses of which none has half. Such a feed has one
 * voice, its own, however many sites it points at, and its summaries ("Points: 7, Comments: 0") say nothing of the story.
 */
export class PassersOn {
  readonly #feeds = new Map<string, { stories: number; most: number; domains: Map<string, number> }>();

  note(source: string, domain: string): void {
    const feed = this.#feeds.get(source) ?? { stories: 0, most: 0, domains: new Map<string, number>() };
    this.#feeds.set(source, feed);
    const here = (feed.domains.get(domain) ?? 0) + 1;
    feed.domains.set(domain, here);
    feed.stories++;
    feed.most = Math.max(feed.most, here);
  }

  has(source: string): boolean {
    const feed = this.#feeds.get(source);
    return feed !== undefined && feed.stories >= ENOUGH && feed.most < feed.stories / 2;
  }
}

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
