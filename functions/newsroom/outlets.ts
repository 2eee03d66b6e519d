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

interface Tally {
  all: number;
  /** Told by three outlets or more. */
  shared: number;
  feeds: Set<string>;
}

const talliesOf = (clusters: Iterable<Cluster>): Map<string, Tally> => {
  const tallies = new Map<string, Tally>();
  for (const { members } of clusters) {
    const shared = members.size >= 3 && outletsOf(members).size >= 3 ? 1 : 0;
    for (const { outlet, facts } of members) {
      const tally = tallies.get(outlet) ?? { all: 0, shared: 0, feeds: new Set() };
      tally.all++;
      tally.shared += shared;
      tallies.set(outlet, tally);
      tally.feeds.add(facts.source);
    }
  }
  return tallies;
};

/**
 * A crowd has so many feeds, and less than this part of the share of stories that the others have in common: in a newsroom of few
 * sources nearly every story is told once, and a paper's twelve sections are no crowd there. In three days of January 2026 one forum of
 * 87 feeds had 16 to 28 % of its stories shared where the others had 42 to 54 %; the outlets with most feeds beside it were a video site
 * (173, of newsrooms too, 40 %) and a broadcaster (9, 60 %).
 */
const CROWD = { feeds: 12, part: 0.6 };

const crowdsOf = (tallies: ReadonlyMap<string, Tally>): Set<string> => {
  let [all, shared] = [0, 0];
  for (const tally of tallies.values()) {
    all += tally.all;
    shared += tally.shared;
  }
  const isCrowd = (own: Tally): boolean =>
    own.feeds.size >= CROWD.feeds && own.shared * (all - own.all) < CROWD.part * (shared - own.shared) * own.all;
  return new Set([...tallies].flatMap(([outlet, tally]) => (isCrowd(tally) ? outlet : [])));
};

/**
 * How much a vote of each outlet counts, learned from the window itself: outlets whose stories are often told by others as well
 * are newsrooms; deals, forums and lone blogs are not. 0.2 to 1.
 */
export class OutletWeights {
  readonly #weights = new Map<string, number>();
  readonly #crowds: ReadonlySet<string>;

  constructor(clusters: Iterable<Cluster>) {
    const tallies = talliesOf(clusters);
    for (const [outlet, { all, shared }] of tallies) {
      this.#weights.set(outlet, 0.2 + 0.8 * Math.min(1, (2 * (shared + 0.6)) / (all + 2)));
    }
    this.#crowds = crowdsOf(tallies);
  }

  /** A place where everybody posts: many feeds at one address, and few of their stories are told elsewhere, beside what others share. */
  isCrowd(outlet: string): boolean {
    return this.#crowds.has(outlet);
  }

  of(outlet: string): number {
    return this.#weights.get(outlet) ?? 0.5;
  }
}
