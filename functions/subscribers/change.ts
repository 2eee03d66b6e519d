import { byHost } from '../model/by-host.ts';
import { cohortId, cohortOf, shardOf } from '../model/cohort.ts';
import { keywordKey } from '../model/keyword.ts';
import type { FetchMessage, Wanted } from '../model/messages.ts';
import type { Subscriber, SubscriberId } from '../model/subscriber.ts';
import type { Instant } from '../model/time.ts';
import type { Cohorts, Queue, Sources, Subscribers } from '../ports.ts';
import { ownOf } from './wishes.ts';

const ATTEMPTS = 5;

interface ChangePorts {
  subscribers: Pick<Subscribers, 'byId' | 'save'>;
  cohorts: Pick<Cohorts, 'register'>;
}

/** Registers the cohort of a subscriber who is about to be saved: a saved one must never stand in a cohort nobody plans. */
export const registerCohort = (ports: ChangePorts, { id, preferences }: Subscriber, at: Instant): Promise<void> =>
  ports.cohorts.register(cohortOf(preferences), shardOf(id), at);

const mayBecomeDueElsewhere = (before: Subscriber, after: Subscriber): boolean =>
  cohortId(cohortOf(before.preferences)) !== cohortId(cohortOf(after.preferences)) ||
  (before.status.kind !== after.status.kind && after.status.kind !== 'left');

/** A subscriber before and after; the same object twice if nothing was changed. */
export interface Changed {
  before: Subscriber;
  after: Subscriber;
}

/**
 * Reads a subscriber, changes it and saves it on condition that nobody else did, again where somebody was faster.
 * @param change gives the new state (its version is set here), or nothing to leave it
 * @returns nothing if there is no such subscriber
 */
export const changeSubscriber = async (
  ports: ChangePorts,
  id: SubscriberId,
  at: Instant,
  change: (subscriber: Subscriber) => Subscriber | undefined,
): Promise<Changed | undefined> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await ports.subscribers.byId(id);
    if (!before) return undefined;
    const changed = change(before);
    if (!changed) return { before, after: before };
    const moves = mayBecomeDueElsewhere(before, changed);
    const after = { ...changed, ...(moves ? { movedAt: at } : {}), version: before.version + 1 };
    if (moves) await registerCohort(ports, after, at);
    if (await ports.subscribers.save(after)) return { before, after };
  }
  throw new Error('a subscriber was changed by others five times in a row');
};

/** Tells the newsroom what an active reader follows, and has new private sources looked at. Repeatable. */
export const followWishes = async (
  ports: {
    cohorts: Pick<Cohorts, 'follow'>;
    sources: Pick<Sources, 'byId' | 'requested'>;
    fetches: Pick<Queue<FetchMessage>, 'send'>;
  },
  { preferences }: Subscriber,
): Promise<void> => {
  const sources = preferences.sources.filter((id) => id !== '*');
  if (sources.length + preferences.keywords.length > 0)
    await ports.cohorts.follow({ sources, keywords: preferences.keywords.map(keywordKey) });
  const wanted: Wanted[] = [];
  for (const id of ownOf(preferences)) {
    const asked = (await ports.sources.byId(id)) ? undefined : await ports.sources.requested(id);
    if (asked) wanted.push({ id, url: asked.url });
  }
  const messages = byHost(wanted).map(
    ({ host, group }): FetchMessage => ({ v: 1, kind: 'request', host, wanted: group }),
  );
  if (messages.length > 0) await ports.fetches.send(messages);
};
