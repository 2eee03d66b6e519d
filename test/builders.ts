import { createHash } from 'node:crypto';
import { sketchOf } from '../functions/digest/mailed-titles.ts';
import { cohortId, cohortOf } from '../functions/model/cohort.ts';
import type { Delivery, MailedStory } from '../functions/model/delivery.ts';
import type { NewsEvent, Telling } from '../functions/model/event.ts';
import type { ChunkMessage } from '../functions/model/messages.ts';
import type { EditionPointer, Pick, Shelf } from '../functions/model/shelf.ts';
import type { CatalogueEntry, Source } from '../functions/model/source.ts';
import { makeStoryId, type Story } from '../functions/model/story.ts';
import type { Preferences, Subscriber } from '../functions/model/subscriber.ts';
import { HOUR } from '../functions/model/time.ts';

/** Nouns that are valid by default: a test says only what it is about. */

/** Monday, 5 January 2026, 06:00 UTC: a tick. */
export const BASE_AT = Date.UTC(2026, 0, 5, 6);

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A subscriber id from any words. */
export const anId = (words = 'reader'): string =>
  BigInt(`0x${hash(words).toString('hex')}`)
    .toString(36)
    .slice(0, 16);

/** A six-byte hash in base64url, as the ledger keeps it. */
export const aHash = (words: string): number => hash(words).readUInt32BE();

export const anEntry = (over: Partial<CatalogueEntry> = {}): CatalogueEntry => {
  const id = over.id ?? 'daily-example';
  return {
    id,
    url: `https://${id}.example/feed.xml`,
    homePage: `https://${id}.example/`,
    title: 'Daily Example',
    language: 'en',
    access: 'free',
    ...over,
  };
};

export const aSource = (over: Partial<Source> = {}): Source => ({
  ...anEntry(over),
  v: 1,
  standing: 'house',
  addedAt: BASE_AT,
  intervalTicks: 1,
  ...over,
});

/** The id follows from source, url and first sight, unless given. */
export const aStory = (over: Partial<Story> = {}): Story => {
  const source = over.source ?? 'daily-example';
  const url = over.url ?? `https://${source}.example/${encodeURIComponent(over.title ?? 'bridge')}`;
  const firstSeenAt = over.firstSeenAt ?? BASE_AT;
  return {
    v: 1,
    id: makeStoryId(firstSeenAt, hash(`${source} ${url}`).toString('hex')),
    source,
    title: 'The old bridge opens again',
    url,
    summary: 'After two years of work the bridge carries people and bicycles.',
    sections: [],
    publishedAt: firstSeenAt - HOUR,
    firstSeenAt,
    position: 0,
    language: 'en',
    ...over,
  };
};

/** A telling of a story. */
export const aTelling = (over: Partial<Telling> = {}, of: Story = aStory()): Telling => ({
  story: of.id,
  source: of.source,
  sourceTitle: 'Daily Example',
  outlet: `${of.source}.example`,
  title: of.title,
  url: of.url,
  access: 'free',
  publishedAt: of.publishedAt ?? of.firstSeenAt,
  ...over,
});

/** An event of the stories given, the first of which leads and founded it. */
export const anEvent = (over: Partial<NewsEvent> = {}, stories: readonly Story[] = [aStory()]): NewsEvent => {
  const [lead = aStory()] = stories;
  return {
    v: 1,
    id: lead.id,
    version: 1,
    topics: ['world'],
    language: 'en',
    outlets: new Set(stories.map(({ source }) => source)).size,
    tellings: stories.map((each) => aTelling({}, each)),
    turn: 0,
    firstSeenAt: lead.firstSeenAt,
    lastNewsAt: lead.firstSeenAt,
    private: false,
    ...over,
  };
};

export const aShelf = (over: Partial<Shelf> = {}): Shelf => ({
  v: 1,
  id: 'top/en/day',
  edition: 1,
  entries: [[aStory().id, 1, 500_000]],
  ...over,
});

export const aPointer = (over: Partial<EditionPointer> = {}): EditionPointer => ({
  v: 1,
  number: 1,
  at: BASE_AT,
  languages: ['en'],
  ...over,
});

export const aPick = (over: Partial<Pick> = {}): Pick => ({
  v: 1,
  event: aStory().id,
  note: 'Worth the time it takes.',
  language: 'en',
  until: BASE_AT + 24 * HOUR,
  ...over,
});

export const somePreferences = (over: Partial<Preferences> = {}): Preferences => ({
  cadence: 'daily',
  weekday: 1,
  hour: 7,
  zone: 'Europe/Berlin',
  topics: ['world', 'science'],
  sources: ['*'],
  keywords: [],
  mutes: [],
  votes: [],
  reads: ['en'],
  language: 'en',
  format: 'full',
  pictures: 'lead',
  maxStories: 15,
  ...over,
});

/** Active, version 1 (saved once); `preferences` may be given in part. */
export const aSubscriber = (
  over: Omit<Partial<Subscriber>, 'preferences'> & { preferences?: Partial<Preferences> } = {},
): Subscriber => {
  const address = over.address ?? 'reader@example.com';
  const { preferences, ...rest } = over;
  return {
    v: 1,
    id: anId(address),
    address,
    addressKey: address.toLowerCase(),
    status: { kind: 'active' },
    version: 1,
    generation: 0,
    signedUpAt: BASE_AT - 48 * HOUR,
    confirmedAt: BASE_AT - 47 * HOUR,
    ...rest,
    preferences: somePreferences(preferences),
  };
};

export const aMailedStory = (words = 'bridge', over: Partial<MailedStory> = {}): MailedStory => ({
  event: aHash(`event ${words}`),
  url: aHash(`url ${words}`),
  turn: 0,
  title: sketchOf(words),
  ...over,
});

/** A first claim on the day's digest. */
export const aDelivery = (over: Partial<Delivery> = {}): Delivery => ({
  v: 1,
  subscriber: anId('reader@example.com'),
  period: { kind: 'day', date: '2026-01-05' },
  dueAt: BASE_AT,
  state: { kind: 'claimed', at: BASE_AT, attempt: 1 },
  edition: 1,
  preferences: 1,
  stories: [aMailedStory()],
  ...over,
});

/** A chunk of the cohort that `somePreferences()` falls in. */
export const aChunk = (over: Partial<ChunkMessage> = {}): ChunkMessage => ({
  v: 1,
  kind: 'chunk',
  cohort: cohortId(cohortOf(somePreferences())),
  dueAt: BASE_AT,
  period: { kind: 'day', date: '2026-01-05' },
  shards: [0],
  edition: 1,
  ...over,
});
