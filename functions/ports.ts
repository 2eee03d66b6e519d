import type { Brake } from './model/brake.ts';
import type { Budget, SendLimits } from './model/budget.ts';
import type { Cohort, CohortKey } from './model/cohort.ts';
import type { Delivery, DeliveryState, Period } from './model/delivery.ts';
import type { NewsEvent } from './model/event.ts';
import type { IncomingMail } from './model/incoming-mail.ts';
import type { KeywordKey } from './model/keyword.ts';
import type { OutgoingMail, SendOutcome } from './model/mail.ts';
import type { EditionPointer, Pick, Shelf } from './model/shelf.ts';
import type { FetchFailure, Source, SourceId } from './model/source.ts';
import type { Story, StoryId } from './model/story.ts';
import type { Subscriber, SubscriberId } from './model/subscriber.ts';
import type { Instant, LocalDate } from './model/time.ts';

/**
 * The verbs the domain needs. Adapters implement them; a contract suite holds the in-memory twins and the emulators equal. Whoever asks
 * for one row by its key gets an Error named `BrokenRow` if it cannot be read.
 */

export interface Clock {
  now(): Instant;
}

/** Lets time pass. */
export type Wait = (ms: number) => Promise<void>;

/** Random ids: base-36 digits, lower case, of the length asked. */
export interface Chance {
  id(length: number): string;
}

/** One structured line per unit of work. Ids only: never an address, a title or a link with a token. */
export interface Log {
  info(event: string, fields?: Record<string, string | number | boolean | null>): void;
  warn(event: string, fields?: Record<string, string | number | boolean | null>): void;
  error(event: string, fields?: Record<string, string | number | boolean | null>): void;
}

export interface Sources {
  /** Every source, by query page. */
  all(): AsyncIterable<Source>;
  byId(id: SourceId): Promise<Source | undefined>;
  /** Writes a source whole. */
  save(source: Source): Promise<void>;
  /** The packed hashes of stories seen before (see newsroom/known.ts); empty for a new source. */
  known(id: SourceId): Promise<Uint8Array>;
  saveKnown(id: SourceId, packed: Uint8Array): Promise<void>;
  /** A reader asked for this address; the newsroom turns requests into private sources. The only write to News that web has. */
  request(id: SourceId, url: string, at: Instant): Promise<void>;
  requested(id: SourceId): Promise<{ url: string; at: Instant } | undefined>;
}

export interface Stories {
  /** Idempotent; expires after 60 days. */
  save(stories: readonly Story[]): Promise<void>;
  /** Stories with `from <= id`, first seen up to `until`, ascending by id. */
  since(from: StoryId, until: Instant): Promise<Story[]>;
  byIds(ids: readonly StoryId[]): Promise<Map<StoryId, Story>>;
}

export interface Editions {
  /** The published edition; nothing before the first. */
  current(): Promise<EditionPointer | undefined>;
  /** Writes what changed under an edition that is not published yet. */
  write(edition: number, changes: { events: readonly NewsEvent[]; shelves: readonly Shelf[] }): Promise<void>;
  /** Moves the pointer from `pointer.number - 1`; false if another editor was faster. */
  publish(pointer: EditionPointer): Promise<boolean>;
  /** The latest version of a shelf not newer than the edition. */
  shelf(id: string, edition: number): Promise<Shelf | undefined>;
  events(refs: readonly (readonly [StoryId, version: number])[]): Promise<NewsEvent[]>;
  picks(): Promise<Pick[]>;
  savePick(pick: Pick): Promise<void>;
}

/** One of so many parts that together are the whole. */
export interface Part {
  part: number;
  of: number;
}

export interface Subscribers {
  /** Consistent read. */
  byId(id: SubscriberId): Promise<Subscriber | undefined>;
  /** The id that an address belongs to, by its key. Consistent; the subscriber itself may be missing after a crash (repair it with this id). */
  idOfAddress(addressKey: string): Promise<SubscriberId | undefined>;
  /** Takes an address for an id; false if it belongs to another. */
  claimAddress(addressKey: string, id: SubscriberId): Promise<boolean>;
  /** Lets an address go if it belongs to this id. */
  releaseAddress(addressKey: string, id: SubscriberId): Promise<void>;
  /** Writes a subscriber if the stored version is `subscriber.version - 1` (0: none stored). False: somebody else wrote first. */
  save(subscriber: Subscriber): Promise<boolean>;
  delete(id: SubscriberId): Promise<void>;
  /** Deletes a subscriber if nobody saved since this state was read; false if somebody did, or it is gone. */
  forget(subscriber: Subscriber): Promise<boolean>;
  /** Active and paused subscribers of one shard of a cohort, ascending by id, in pages (eventually consistent). */
  ofCohort(cohortId: string, shard: number, after?: SubscriberId): AsyncIterable<Subscriber[]>;
  /** All subscribers, the table itself, for the census; or one part of them, 0 to `of` - 1, always the same readers. */
  scan(part?: Part): AsyncIterable<Subscriber[]>;
  /** All addresses taken, the table itself, for the census. */
  addresses(): AsyncIterable<{ addressKey: string; id: SubscriberId }[]>;
}

/** A source or keyword that somebody follows; `idleSinceAt`: since when the census finds nobody who does. */
export interface Follow {
  kind: 'source' | 'keyword';
  what: string;
  idleSinceAt?: Instant | undefined;
}

/** The last tick planned, as the tables know it, and from when on an operator let planning go on after a restore. */
export interface LastTick {
  at: Instant;
  resumedFromAt?: Instant | undefined;
}

export interface Cohorts {
  /** Adds a cohort and marks the shard used; done before the subscriber is saved, never undone here. */
  register(key: CohortKey, shard: number, at: Instant): Promise<void>;
  /** Registers shards that the registry had lost, at once, and notes them in place of those noted before. */
  restore(key: CohortKey, shards: readonly number[], at: Instant): Promise<void>;
  all(): Promise<Cohort[]>;
  /** Moves 'last planned' forward; never back. */
  planned(cohortId: string, at: Instant): Promise<void>;
  /** Followed sources and keywords, so that the newsroom need not read Subscribers. */
  follow(what: { sources: readonly SourceId[]; keywords: readonly KeywordKey[] }): Promise<void>;
  followed(): Promise<{ sources: SourceId[]; keywords: KeywordKey[] }>;
  /** Notes in which shards of a cohort nobody was found; the instant stays that of the first such note of the same ones. None: takes the note back. */
  noteIdle(cohortId: string, shards: readonly number[], at: Instant): Promise<void>;
  /**
   * Takes the shards out that stand noted as idle since `before` or longer, and the cohort with its last one.
   * False: they are not noted so, for example because somebody registered meanwhile.
   */
  retire(cohortId: string, shards: readonly number[], before: Instant): Promise<boolean>;
  /** What is followed, with the notes of the census. */
  follows(): Promise<Follow[]>;
  /** Notes that nobody follows it, since this instant or an earlier note. Following it takes the note back. */
  noteUnfollowed(follow: Follow, at: Instant): Promise<void>;
  /** Removes what stands noted so since `before` or longer; false if it does not. */
  unfollow(follow: Follow, before: Instant): Promise<boolean>;
  /** Nothing before the first plan. Consistent. */
  lastTick(): Promise<LastTick | undefined>;
  /** Moves the last tick forward, never back. */
  ticked(tick: LastTick): Promise<void>;
}

/**
 * The last tick planned, kept outside the tables: tables that were restored from a backup know an earlier one, and would
 * mail everybody again.
 */
export interface PlannerMark {
  /** Nothing before the first plan. */
  read(): Promise<Instant | undefined>;
  write(at: Instant): Promise<void>;
}

export type ClaimOutcome = { kind: 'claimed' } | { kind: 'exists'; delivery: Delivery };

export interface Deliveries {
  /** Conditional put: the entry must not exist. Skips are written by this too. */
  claim(delivery: Delivery): Promise<ClaimOutcome>;
  /** Conditional update from `claimed` (and this attempt) to another state; false if it was settled before, or claimed anew. */
  settle(subscriber: SubscriberId, period: Period, attempt: 1 | 2, state: DeliveryState): Promise<boolean>;
  /**
   * The second and last attempt: conditional put of the whole entry (`state` is `claimed`, attempt 2) over a stored one that is
   * `claimed` at attempt 1 and has no evidence. False: it was settled, proven or claimed anew meanwhile.
   */
  reclaim(delivery: Delivery): Promise<boolean>;
  /**
   * Takes a first claim back because SES provably did not take the mail (throttled, over quota): conditional delete while the stored
   * entry is `claimed` at attempt 1 and has no evidence. False: it is something else by now.
   */
  release(subscriber: SubscriberId, period: Period): Promise<boolean>;
  /** Consistent read. */
  byPeriod(subscriber: SubscriberId, period: Period): Promise<Delivery | undefined>;
  /**
   * The last entries of a subscriber by date, newest first. Eventually consistent: what matters of the last seconds is decided by the claim,
   * and fourteen rows read consistently would cost twice as much.
   */
  last(subscriber: SubscriberId, count: number): Promise<Delivery[]>;
  /** Entries whose period is named by a date from `from` to `to`, both included, ascending (eventually consistent). */
  between(subscriber: SubscriberId, from: LocalDate, to: LocalDate): Promise<Delivery[]>;
  /** Some SES event was seen for it; a `claimed` entry becomes `sent`. False if there is no such entry. */
  evidence(subscriber: SubscriberId, period: Period, at: Instant, messageId: string): Promise<boolean>;
}

export interface Control {
  /**
   * Why an address must not be mailed, by its key; the table holds a keyed hash only. Eventually consistent: of what just happened the
   * reader's own row tells, which feedback writes first.
   */
  suppressed(addressKey: string): Promise<'bounce' | 'complaint' | undefined>;
  suppress(addressKey: string, why: 'bounce' | 'complaint', at: Instant): Promise<void>;
  unsuppress(addressKey: string): Promise<void>;
  /** Counts a use of `key` in its current window, which began at a multiple of its length, and says whether it is still within the limit. */
  withinLimit(key: string, limit: number, windowMs: number, at: Instant): Promise<boolean>;
  /** Adds to a counter of one ten-minute window: mails accepted, events seen. Longer windows are counted in their first ten minutes. */
  count(counter: string, windowAt: Instant, by: number): Promise<void>;
  /** Counts what has a name, once however often it is counted: for what is rare and must be neither lost nor doubled. */
  countOnce(counter: string, windowAt: Instant, name: string): Promise<void>;
  /** What was counted either way. */
  counted(counter: string, windowAt: Instant): Promise<number>;
  /** The account's sending budget; nothing before the first mail. Consistent. */
  budget(): Promise<Budget | undefined>;
  /** Writes the budget if the stored version is `budget.version - 1` (0: none stored). False: another worker was faster. */
  saveBudget(budget: Budget): Promise<boolean>;
  /** The brake on digests as it was last set; nothing if it never was. Consistent. */
  brake(): Promise<Brake | undefined>;
  setBrake(brake: Brake): Promise<void>;
}

/** Sends JSON messages; at least once, in any order. */
export interface Queue<Message> {
  /** `delayMs` at most 15 minutes. */
  send(messages: readonly Message[], delayMs?: number): Promise<void>;
}

export interface Mailer {
  /** One SES call, never repeated here. */
  send(mail: OutgoingMail): Promise<SendOutcome>;
  /** What the account may send, as SES says now. @throws what the SDK throws */
  quota(): Promise<SendLimits>;
}

/** Mails that came to us, each kept until it is done, for two days at most. */
export interface Arrivals {
  /** A mail as far as it is read, 256 kB; nothing if it was done before. */
  read(key: string): Promise<IncomingMail | 'unreadable' | undefined>;
  delete(key: string): Promise<void>;
}

export type FetchOutcome =
  | {
      kind: 'fetched';
      status: number;
      bytes: Uint8Array;
      headers: Record<string, string>;
      finalUrl: string;
      permanentUrl: string | undefined;
    }
  | { kind: 'not-modified' }
  | { kind: 'failed'; why: FetchFailure; status?: number; retryAfterMs?: number };

/** The only door to the open web: public addresses only, with limits on time, bytes and redirects. */
export interface WebReader {
  get(
    url: string,
    conditional?: { etag?: string | undefined; lastModified?: string | undefined },
  ): Promise<FetchOutcome>;
}
