import { type CohortKey, cohortId, cohortOf, shardOf } from '../model/cohort.ts';
import { type KeywordKey, keywordKey } from '../model/keyword.ts';
import type { SourceId } from '../model/source.ts';
import type { Subscriber } from '../model/subscriber.ts';

/** What the subscribers themselves say is in use, whatever the registry says. */
export interface Recount {
  cohorts: Map<string, { key: CohortKey; shards: Set<number> }>;
  sources: Set<SourceId>;
  keywords: Set<KeywordKey>;
}

export const newRecount = (): Recount => ({ cohorts: new Map(), sources: new Set(), keywords: new Set() });

/** Only who gets mail counts: the others register and follow anew when they begin, or come back. */
const getsMail = ({ status }: Subscriber): boolean => status.kind === 'active' || status.kind === 'paused';

/** Adds one subscriber to a recount. */
export const countIn = (recount: Recount, subscriber: Subscriber): void => {
  if (!getsMail(subscriber)) return;
  const { id, preferences } = subscriber;
  const key = cohortOf(preferences);
  const cohort = recount.cohorts.get(cohortId(key)) ?? { key, shards: new Set() };
  recount.cohorts.set(cohortId(key), cohort);
  cohort.shards.add(shardOf(id));
  for (const source of preferences.sources) if (source !== '*') recount.sources.add(source);
  for (const keyword of preferences.keywords) recount.keywords.add(keywordKey(keyword));
};
