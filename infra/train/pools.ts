import { DAY, HOUR } from '../../functions/model/time.ts';
import type { PickedStory } from '../pick/read-stories.ts';
import { list, type Row, readRows, text } from './data.ts';

/** What mattered on each day: the worth of every story that told it. */
export type Gold = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Stories to rank, and what mattered among them. */
export interface Pool {
  stories: PickedStory[];
  gold: Gold;
  /** Each gold event of a day with the stories that tell it, for scoring. */
  events: ReadonlyMap<string, { worth: number; ids: readonly string[] }[]>;
}

const instant = (value: string): number => Date.parse(value.length < 17 ? `${value}:00Z` : value);

/** Never later than the moment of judging of its own day. */
const seenLast = (seenAt: number, lastAt: number): number =>
  Math.max(seenAt, Math.min(lastAt, Math.floor(seenAt / DAY) * DAY + 22 * HOUR));

const storyOf = (row: Row, outletField: string): PickedStory => {
  const seenAt = instant(text(row, 'firstSeen'));
  return {
    id: text(row, 'id'),
    title: text(row, 'title'),
    summary: text(row, 'summary').replace(/\s+/g, ' ').trim().slice(0, 400),
    url: text(row, 'url'),
    source: [text(row, outletField), text(row, 'feed')].filter(Boolean).join('/'),
    outlet: text(row, outletField),
    seenAt,
    lastSeenAt: seenLast(seenAt, instant(text(row, 'lastSeen'))),
    sections: [],
    language: '',
  };
};

const goldOf = (dir: string, name: string): Pick<Pool, 'gold' | 'events'> => {
  const gold = new Map<string, Map<string, number>>();
  const events = new Map<string, { worth: number; ids: readonly string[] }[]>();
  for (const row of readRows(dir, name)) {
    const day = text(row, 'day');
    const worths = gold.get(day) ?? new Map<string, number>();
    gold.set(day, worths);
    const [ids, worth] = [list(row, 'ids'), Number(row.rel)];
    for (const id of ids) worths.set(id, Math.max(worths.get(id) ?? 0, worth));
    events.set(day, [...(events.get(day) ?? []), { worth, ids }]);
  }
  return { gold, events };
};

/** The two pools of the yardstick, A and B, and A's headlines alone with the rank that their front page gave them. */
export const readPools = (dir: string) => {
  const rows = readRows(dir, 'gnews-headlines-dev');
  const headlines = rows.map((row) => storyOf(row, 'publisher'));
  const feeds = readRows(dir, 'feeds-2026-dev').flatMap((row) =>
    text(row, 'source') === 'hn' ? [] : [storyOf(row, 'source')],
  );
  return {
    a: { stories: [...headlines, ...feeds], ...goldOf(dir, 'top-wcep-qrels-dev') } satisfies Pool,
    b: { stories: feeds, ...goldOf(dir, 'top-gnews-qrels-dev') } satisfies Pool,
    headlines,
    fame: new Map(rows.map((row) => [text(row, 'id'), Number(row.sumRR)])),
  };
};

export type Pools = ReturnType<typeof readPools>;
