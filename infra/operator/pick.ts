import type { EditionCache } from '../../functions/digest/edition-cache.ts';
import type { NewsEvent } from '../../functions/model/event.ts';
import { pick, shelfId } from '../../functions/model/shelf.ts';
import { DAY, type Instant, iso } from '../../functions/model/time.ts';
import { TOPICS } from '../../functions/model/topic.ts';
import { sameStoryKey } from '../../functions/newsroom/read/links.ts';
import type { Clock, Editions } from '../../functions/ports.ts';
import type { Answer } from './commands.ts';

export interface PickPorts {
  editions: Pick<Editions, 'current' | 'picks' | 'savePick'>;
  news: Pick<EditionCache, 'view'>;
  clock: Clock;
}

/** A story to recommend, by its address as a digest has it, why, and until when; a day without it. */
export interface PickWish {
  url: string;
  note: string;
  until: Instant | undefined;
}

/** The event of the published edition that a story tells; nothing if no event of the top or of a topic has a telling with its address. */
const eventOf = async ({ editions, news }: PickPorts, url: string): Promise<NewsEvent | undefined> => {
  const edition = await editions.current();
  if (!edition) return undefined;
  const shelves = ['all', ...edition.languages].flatMap((language) =>
    (['day', 'week'] as const).flatMap((span) => [
      shelfId({ of: 'top', language, span }),
      ...TOPICS.map((topic) => shelfId({ of: 'topic', topic, language, span })),
    ]),
  );
  const { candidates } = await news.view(edition.number, shelves);
  const key = sameStoryKey(url);
  const found = candidates.find(({ event }) => event.tellings.some((telling) => sameStoryKey(telling.url) === key));
  return found?.event;
};

/**
 * Recommends a story to every reader of its language: it keeps a place in each digest until then, from the next edition on.
 * @throws an Error of one line if no event has the story, or the end lies in the past
 */
export const pickStory = async (ports: PickPorts, { url, note, until }: PickWish): Promise<Answer> => {
  const now = ports.clock.now();
  const end = until ?? now + DAY;
  if (end <= now) throw new Error(`--until ${iso(end)} has passed: nobody would get the pick`);
  const event = await eventOf(ports, url);
  if (!event) throw new Error(`--url ${url}: the edition has no event with this story; take the address from a digest`);
  await ports.editions.savePick(pick.parse({ v: 1, event: event.id, note, language: event.language, until: end }));
  const line = `event ${event.id} is a pick until ${iso(end)}, in digests from the next edition on`;
  return { ok: true, lines: [line], json: { event: event.id, until: iso(end) } };
};

/** The picks that are not over. */
export const listPicks = async ({ editions, clock }: PickPorts): Promise<Answer> => {
  const now = clock.now();
  const picks = (await editions.picks()).flatMap(({ event, note, language, until }) =>
    until > now ? [{ event, note, language, until: iso(until) }] : [],
  );
  const lines = picks.map(({ event, note, language, until }) => `${event}  ${language}  until ${until}  ${note}`);
  return { ok: true, lines: [`${picks.length} picks`, ...lines], json: { picks } };
};
