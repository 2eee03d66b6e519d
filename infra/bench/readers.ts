import { createHash } from 'node:crypto';
import type { Composed } from '../../functions/digest/compose.ts';
import { NO_MEMORY } from '../../functions/digest/memory.ts';
import type { Due } from '../../functions/digest/ports-of-digest.ts';
import { select } from '../../functions/digest/select.ts';
import { digestView } from '../../functions/digest/view.ts';
import { namedSources, shelvesToLoad } from '../../functions/digest/wishes.ts';
import { chosenInOrder, type DigestView, type Selection } from '../../functions/model/digest.ts';
import { CHROME_LANGUAGES, type Preferences, type Subscriber } from '../../functions/model/subscriber.ts';
import { DAY } from '../../functions/model/time.ts';
import { TOPICS } from '../../functions/model/topic.ts';
import type { Links } from '../../functions/subscribers/links.ts';
import type { BenchEdition } from './edition.ts';

/** The bits of a hash: choices that are the same in every run and alike for no two readers. */
const bitsOf = (number: number): bigint => createHash('sha256').update(`reader ${number}`).digest().readBigUInt64BE();

/** Of so many sources, so that each reader follows a quarter of them. */
const ON_OFFER = 40;

/** The sources on offer to a reader: all, or where there are more some that lie together in the catalogue. */
const offerOf = (bits: bigint, sources: readonly string[]): readonly string[] => {
  const begin = Number(bits % BigInt(Math.max(1, sources.length - ON_OFFER)));
  return sources.slice(begin, begin + ON_OFFER);
};

const preferencesOf = (bits: bigint, sources: readonly string[]): Preferences => ({
  cadence: 'daily',
  weekday: 1,
  hour: 7,
  zone: 'Europe/Berlin',
  topics: TOPICS.filter((_, at) => (bits >> BigInt(at)) & 1n),
  sources: offerOf(bits, sources).filter((_, at) => ((bits >> BigInt(at + 12)) & 3n) === 3n),
  keywords: [],
  mutes: [],
  votes: [],
  reads: ['en'],
  language: CHROME_LANGUAGES[Number(bits % 5n)] ?? 'en',
  format: 'full',
  pictures: 'lead',
  maxStories: 20,
});

/** Readers who chose topics, sources and language each for themselves. */
export const benchReaders = (count: number, { sources, at }: BenchEdition): Subscriber[] => {
  const ids = sources.map(({ id }) => id);
  return Array.from({ length: count }, (_, number) => {
    const bits = bitsOf(number);
    return {
      v: 1,
      id: number.toString(36).padStart(16, 'r'),
      address: `reader-${number}@example.org`,
      addressKey: `reader-${number}@example.org`,
      status: { kind: 'active' },
      preferences: preferencesOf(bits, ids),
      version: 1,
      generation: 0,
      signedUpAt: at - Number(bits % 900n) * DAY,
    };
  });
};

/** Loads all that any of the readers may need, as a worker has after its first readers. Gives the way from reader to view. */
export const viewer = async (
  edition: BenchEdition,
  readers: readonly Subscriber[],
  links: Links,
): Promise<(reader: Subscriber) => DigestView> => {
  const { news, number, sources, at } = edition;
  const shelves = new Set(readers.flatMap(({ preferences }) => shelvesToLoad(preferences)));
  const view = await news.view(number, [...shelves]);
  const byId = new Map(sources.map((source) => [source.id, source]));
  const sourceTitles = new Map(sources.map(({ id, title }) => [id, title]));
  const due: Due = {
    period: { kind: 'day', date: new Date(at).toISOString().slice(0, 10) },
    dueAt: at,
    edition: number,
  };
  const choose = (preferences: Preferences): Selection =>
    select({ view, reader: preferences, memory: NO_MEMORY, picks: [], at, sourceTitles });
  const wanted = readers.flatMap(({ preferences }) =>
    chosenInOrder(choose(preferences)).map(({ telling }) => telling.story),
  );
  const stories = await news.stories(number, wanted);
  return (reader) => {
    const { preferences } = reader;
    const selection = choose(preferences);
    const followed = new Map(
      namedSources(preferences).flatMap((id) => {
        const source = byId.get(id);
        return source ? [[id, source]] : [];
      }),
    );
    const composed: Composed = { selection, stories, sources: followed };
    return digestView(composed, reader, due, links, at);
  };
};
