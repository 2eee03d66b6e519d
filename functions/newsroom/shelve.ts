import type { KeywordKey } from '../model/keyword.ts';
import { type ShelfKey, type Span, shelfId } from '../model/shelf.ts';
import type { SourceId } from '../model/source.ts';
import type { StoryId } from '../model/story.ts';
import type { Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';
import type { Desk } from './desk.ts';
import { scoreOnTopic } from './fit.ts';
import { KeywordIndex } from './keywords.ts';
import { isNotice, isShell } from './notices.ts';
import { outletsOf } from './outlets.ts';
import type { Standing } from './standing.ts';
import { bestOfWeek, isFoldedFor, rememberPeak } from './week.ts';

/** A place on a shelf before versions are known; score 0 to 1. */
export interface Place {
  id: StoryId;
  score: number;
}

const MOST_PLACES = 100;

/** Shelves by id, filled in order of score. */
export type Places = Map<string, Place[]>;

const put = (shelves: Places, key: ShelfKey, place: Place): void => {
  const id = shelfId(key);
  const list = shelves.get(id);
  if (list) list.push(place);
  else shelves.set(id, [place]);
};

const spread = (
  shelves: Places,
  { id, score }: Place,
  about: { language: string; topics: readonly Topic[]; fit: number; span: Span },
): void => {
  const { language, topics, fit, span } = about;
  put(shelves, { of: 'top', language, span }, { id, score });
  put(shelves, { of: 'top', language: 'all', span }, { id, score });
  const onTopic = { id, score: scoreOnTopic({ importance: score, fit }) };
  for (const topic of topics) put(shelves, { of: 'topic', topic, language, span }, onTopic);
};

/** Whether what newsrooms tell of an event this day is mostly notices, or one outlet's live page alone: then it stands with its sources only. */
export const isNoNews = ({ told }: Pick<Standing, 'told'>): boolean =>
  told.filter(({ facts }) => isNotice(facts.title)).length * 2 > told.length ||
  (told.every(({ facts }) => isShell(facts.title)) && outletsOf(told).size < 2);

/** Nothing of the day but what its own outlets had told before: no news for anybody. */
export const isRetold = ({ today }: Standing): boolean => today.every(({ rewriteOf }) => rewriteOf !== undefined);

/** A source's own order: importance first, then what it put high in its feed. */
const placeAtSource = (standing: Standing, source: SourceId): number => {
  const position = Math.min(
    ...standing.today.map(({ facts }) => (facts.source === source ? (facts.position ?? 20) : 99)),
  );
  return standing.importance * 0.98 + 0.02 / (1 + position / 5);
};

const dayShelves = (standings: readonly Standing[], wishes: Wishes): Places => {
  const shelves: Places = new Map();
  const news = standings.filter((standing) => !isRetold(standing));
  for (const standing of news) {
    const { id, importance: score, today } = standing;
    if (!isNoNews(standing)) spread(shelves, { id, score }, { ...standing, span: 'day' });
    for (const source of new Set(today.map(({ facts }) => facts.source))) {
      if (wishes.sources.has(source))
        put(shelves, { of: 'source', source, span: 'day' }, { id, score: placeAtSource(standing, source) });
    }
  }
  for (const [keyword, matches] of new KeywordIndex(wishes.keywords, news).shelves()) {
    for (const { standing, share } of matches) {
      if (isNoNews(standing)) continue;
      const score = standing.importance * (0.5 + 0.5 * Math.min(1, 2 * share));
      put(shelves, { of: 'keyword', keyword, span: 'day' }, { id: standing.id, score });
    }
  }
  return cutToSize(shelves);
};

const cutToSize = (shelves: Places): Places => {
  for (const [id, places] of shelves) {
    places.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    shelves.set(id, places.slice(0, MOST_PLACES));
  }
  return shelves;
};

const weekShelves = (desk: Desk, wishes: Wishes, now: Instant): Places => {
  const shelves: Places = new Map();
  for (const { peak, score, into } of bestOfWeek(desk, now)) {
    const place = { id: peak.id, score };
    if (peak.isNews && !into) spread(shelves, place, { ...peak, span: 'week' });
    for (const source of peak.sources) {
      if (wishes.sources.has(source) && !isFoldedFor(source, into))
        put(shelves, { of: 'source', source, span: 'week' }, place);
    }
    for (const keyword of wishes.keywords) {
      if (peak.keywords.has(keyword) && !into?.keywords.has(keyword))
        put(shelves, { of: 'keyword', keyword, span: 'week' }, place);
    }
  }
  return cutToSize(shelves);
};

/** What somebody follows. */
export interface Wishes {
  sources: ReadonlySet<SourceId>;
  keywords: readonly KeywordKey[];
}

const KEYWORD_SHELF = /^keyword\/(.*)\/day$/;

/** All shelves of house sources as they stand now; remembers the peaks of what stands on them. */
export const shelvesAt = (desk: Desk, standings: readonly Standing[], wishes: Wishes, now: Instant): Places => {
  const day = dayShelves(standings, wishes);
  const onShelf = new Set([...day.values()].flatMap((places) => places.map(({ id }) => id)));
  for (const standing of standings)
    if (onShelf.has(standing.id)) rememberPeak(desk, standing, !isNoNews(standing), now);
  for (const [id, places] of day) {
    const keyword = KEYWORD_SHELF.exec(id)?.[1];
    if (keyword !== undefined) for (const place of places) desk.peaks.get(place.id)?.keywords.add(keyword);
  }
  return new Map([...day, ...weekShelves(desk, wishes, now)]);
};
