import type { Preferences } from '../../model/subscriber.ts';
import type { Words } from '../words/words.ts';

/** Preferences by the names that their fields have on the page, in the order given. */
export const changedNames = ({ wishes }: Words, changed: readonly (keyof Preferences)[]): string[] => {
  const names: Readonly<Record<keyof Preferences, string>> = {
    cadence: wishes.cadence,
    weekday: wishes.when,
    hour: wishes.when,
    zone: wishes.zone,
    topics: wishes.topics,
    sources: wishes.sources,
    keywords: wishes.keywords,
    mutes: wishes.mutes,
    votes: wishes.votes,
    reads: wishes.reads,
    country: wishes.country,
    language: wishes.language,
    format: wishes.format,
    pictures: wishes.pictures,
    maxStories: wishes.storiesName,
  };
  return [...new Set(changed.map((name) => names[name]))];
};
