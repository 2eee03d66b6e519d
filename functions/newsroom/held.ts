import { getDomain } from 'tldts';
import type { Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';
import { readTopics, type TopicChances, topicWords } from './classify.ts';
import type { Graph } from './graph.ts';
import { languageOfText } from './language.ts';
import type { Model } from './model/model.ts';
import { meaningOf } from './model/words.ts';
import { hashWords, NOTHING_READ, readText, type Word } from './text.ts';
import { frequencies, type TermCounts, type Vector, vectorOf } from './vector.ts';

/** What the newsroom must know of a story to place it, wherever it comes from. */
export interface StoryFacts {
  id: string;
  title: string;
  summary: string;
  url: string;
  /** Other stories of its source lie at this address too. */
  sharedUrl?: true | undefined;
  /** The feed it came by. */
  source: string;
  /** Its outlet where the address does not tell. */
  outlet?: string | undefined;
  /** First sight. */
  seenAt: Instant;
  /** The publisher's date, where it can be read. */
  publishedAt?: Instant | undefined;
  /** Last seen on its feed, where that is known. */
  lastSeenAt?: Instant | undefined;
  /** Place in the feed, 0 is the top; absent where unknown. */
  position?: number | undefined;
  sections: readonly string[];
  language: string;
  /** The topic of nearly all stories of its source. */
  sourceTopic?: Topic | undefined;
}

/** An event while the editor works on it: its stories, and the name that stays. */
export interface Cluster {
  /** The id of its founding story. */
  id: string;
  members: Set<HeldStory>;
  /** Stories came since its event was last written. */
  dirty: boolean;
  /** Its place in the table of clusters while it has stories there. */
  number: number;
}

/** A story in the editor's window. */
export interface HeldStory {
  facts: StoryFacts;
  language: string;
  /** Registrable domain of the address; the feed, if it passes on what others wrote. */
  outlet: string;
  /** Equal for equal texts, whatever the case and punctuation. */
  textHash: number;
  vector: Vector;
  /** Mean word vector of length 1; undefined where the words are not known. */
  meaning: Float32Array | undefined;
  /** Every term counted for it, to be counted out again. */
  terms: Uint32Array;
  /** Stem hashes of title, a 0, and summary, in order: what phrases are looked up in. */
  sequence: Uint32Array;
  chances: TopicChances;
  /** Its topics' chances as often right as they say. */
  trusted: TopicChances;
  /** Set when another story of the same outlet already told this. */
  rewriteOf: HeldStory | undefined;
  cluster: Cluster;
  /** The graph that links it with stories near it, and its place there: -1 and none before it entered. */
  graph: Graph | undefined;
  slot: number;
}

/** The outlet a story counts for: the registrable domain of its own address; the host if there is none. */
export const outletOf = (facts: Pick<StoryFacts, 'url' | 'outlet' | 'source'>): string =>
  (facts.url ? getDomain(facts.url) : null) ?? facts.outlet ?? facts.source;

/** The different stems of a title, in order. Few enough that a list is searched sooner than a set is made. */
export const titleOf = ({ sequence }: HeldStory): number[] => {
  const terms: number[] = [];
  for (let i = 0; i < sequence.length && sequence[i] !== 0; i++) {
    const term = sequence[i] ?? 0;
    if (!terms.includes(term)) terms.push(term);
  }
  return terms;
};

/** Stem hashes of title, a 0, and summary, in order. */
const sequenceOf = (title: readonly Word[], summary: readonly Word[]): Uint32Array => {
  const sequence = new Uint32Array(title.length + 1 + summary.length);
  title.forEach(({ term }, i) => {
    sequence[i] = term;
  });
  summary.forEach(({ term }, i) => {
    sequence[title.length + 1 + i] = term;
  });
  return sequence;
};

/**
 * Reads a story into the window's form and counts its terms.
 * @param passedOn its feed passes on what others wrote: the feed is its outlet, and its title all that is told
 */
export const holdStory = (facts: StoryFacts, counts: TermCounts, model: Model, passedOn: boolean): HeldStory => {
  const language = languageOfText(`${facts.title} ${facts.summary}`, facts.language);
  const title = readText(facts.title, language);
  const summary = passedOn ? NOTHING_READ : readText(facts.summary, language);
  const bag = frequencies(title, summary);
  counts.count(language, bag.terms, 1);
  const { plain, grams } = topicWords([title.words, summary.words]);
  const meaning = model.words && language === 'en' ? meaningOf(plain, model.words) : undefined;
  const cluster: Cluster = { id: facts.id, members: new Set(), dirty: true, number: -1 };
  const vector = vectorOf(bag, language, counts);
  const held: HeldStory = {
    facts,
    language,
    outlet: passedOn ? facts.source : outletOf(facts),
    textHash: hashWords(title.words, summary.words),
    vector,
    meaning: meaning?.vector,
    terms: vector.terms.length === bag.terms.length ? vector.terms : Uint32Array.from(bag.terms),
    sequence: sequenceOf(title.words, summary.words),
    ...readTopics(facts, { grams, meaning }, model),
    rewriteOf: undefined,
    cluster,
    graph: undefined,
    slot: -1,
  };
  cluster.members.add(held);
  return held;
};
