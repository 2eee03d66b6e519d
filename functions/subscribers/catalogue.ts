import type { Source, SourceId } from '../model/source.ts';
import type { ChromeLanguage, Preferences } from '../model/subscriber.ts';
import { type Instant, MINUTE } from '../model/time.ts';
import { TOPICS, type Topic } from '../model/topic.ts';
import type { Sources } from '../ports.ts';
import { defaultWishes } from './wishes.ts';

/** The house sources as the pages show them. */
export interface Catalogue {
  house: ReadonlyMap<SourceId, Source>;
  /** By topic in the house order, then those without one; titles in order. */
  groups: readonly { topic: Topic | null; sources: readonly Source[] }[];
  /** Languages of the sources, the commonest first. */
  languages: readonly string[];
  countries: readonly string[];
}

const KEPT_MS = 10 * MINUTE;

const commonest = (values: readonly string[]): string[] => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
};

const arrange = (sources: readonly Source[]): Catalogue => {
  const sorted = sources.toSorted((a, b) => a.title.localeCompare(b.title, 'en'));
  const groups = [...TOPICS, null].map((topic) => ({
    topic,
    sources: sorted.filter((source) => (source.topic ?? null) === topic),
  }));
  return {
    house: new Map(sorted.map((source) => [source.id, source])),
    groups: groups.filter((group) => group.sources.length > 0),
    languages: commonest(sorted.map((source) => source.language).filter(Boolean)),
    countries: commonest(sorted.flatMap((source) => source.country ?? [])).sort(),
  };
};

/**
 * The catalogue, read from the store at most every ten minutes: it changes with a deploy, and a page view must not cost a
 * query over all sources. Ended sources are left out. An empty one is not kept, so that a fresh installation fills at once.
 */
export const createCatalogue = (sources: Pick<Sources, 'all'>): ((now: Instant) => Promise<Catalogue>) => {
  let kept: { at: Instant; catalogue: Promise<Catalogue> } | undefined;
  const read = async (): Promise<Catalogue> => {
    const house: Source[] = [];
    for await (const source of sources.all())
      if (source.standing === 'house' && source.endedAt === undefined) house.push(source);
    if (house.length === 0) kept = undefined;
    return arrange(house);
  };
  return (now) => {
    if (!kept || now - kept.at > KEPT_MS || now < kept.at) {
      const reading = { at: now, catalogue: read() };
      reading.catalogue.catch(() => {
        if (kept === reading) kept = undefined;
      });
      kept = reading;
    }
    return kept.catalogue;
  };
};

/** What a new reader gets who changes nothing: stories in their language, if there are any, and of their country. */
export const defaultsIn = (
  { languages, countries }: Catalogue,
  { zone, language, country }: { zone: string; language: ChromeLanguage; country: string },
): Preferences => {
  const known = languages.length === 0 || languages.includes(language);
  return {
    ...defaultWishes(zone, language),
    reads: [known ? language : (languages[0] ?? language)],
    ...(countries.includes(country) ? { country } : {}),
  };
};
