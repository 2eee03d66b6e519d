import type { Chosen, Selection } from '../model/digest.ts';
import type { NewsEvent, Telling } from '../model/event.ts';
import type { Pick } from '../model/shelf.ts';
import type { SourceId } from '../model/source.ts';
import type { StoryId } from '../model/story.ts';
import type { Preferences } from '../model/subscriber.ts';
import { HOUR, type Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';
import { arrange } from './arrange.ts';
import { type Basket, type Because, createBasket, type Offer } from './basket.ts';
import type { EditionView } from './edition-view.ts';
import type { Memory } from './memory.ts';
import type { MergeInput } from './merge.ts';
import { HOME_LIFT, liftsHome } from './ranked-shelf.ts';
import { type Taste, tasteOf } from './taste.ts';
import { type Ranked, votedMerge } from './voted-merge.ts';
import { biggestShelves, PICKS, type Wish, type WishedShelf, wishedShelves } from './wishes.ts';
import type { TitleWords } from './words.ts';

export interface SelectInput {
  /** With the shelves of `shelvesToLoad(reader)`. */
  view: EditionView;
  reader: Preferences;
  memory: Memory;
  picks: readonly Pick[];
  /** The instant the digest is due. */
  at: Instant;
  /** Titles of followed sources, for the reason. */
  sourceTitles: ReadonlyMap<SourceId, string>;
  /** Events to leave out: their summaries hold a muted word. */
  hidden?: ReadonlySet<StoryId>;
}

/** Under so many stories a digest is thin, and filled up to them. */
const THIN = 5;

/** The biggest event is looked for among so many of the top ones: what comes later is not the biggest of anything. */
const BIGGEST_OF = 3;

/** News that came so shortly before the last digest may have missed its edition. */
const EDITION_LAG = HOUR;

const NOTHING: Selection = { lead: null, sections: [], filled: false };

/** The best of a small topic counts for so much beside the best of the reader's biggest topic; else all shelves would begin alike. */
const SMALLEST_TOPIC = 0.8;

const inputsOf = (view: EditionView, shelves: readonly WishedShelf[]): MergeInput[] => {
  const inputs = shelves.map(({ shelf, weight, country, wish }) => ({
    shelf: country ? view.shelfAt(shelf, country) : view.shelf(shelf),
    weight,
    isTopic: wish.kind === 'topic',
  }));
  const biggest = Math.max(1, ...inputs.map(({ shelf, isTopic }) => (isTopic ? shelf.best : 0)));
  return inputs.map(({ shelf, weight, isTopic }) => {
    const size = isTopic ? SMALLEST_TOPIC + (1 - SMALLEST_TOPIC) * Math.sqrt(shelf.best / biggest) : 1;
    return { shelf, weight: weight * size };
  });
};

/** Titles that the reader had and that are still on their shelves: none of them comes again under another event. */
const shownTitles = ({ memory }: Taste, view: EditionView, inputs: readonly MergeInput[]): TitleWords[] => {
  const titles: TitleWords[] = [];
  if (memory.stories.size === 0) {
    return titles;
  }
  const seen = new Uint8Array(view.candidates.length);
  for (const place of inputs.flatMap(({ shelf }) => Array.from(shelf.places))) {
    const candidate = view.candidates[place];
    if (candidate && !seen[place] && memory.events.has(candidate.hash())) {
      titles.push(...candidate.tellings().flatMap(({ story, words }) => (memory.stories.has(story) ? words : [])));
    }
    seen[place] = 1;
  }
  return titles;
};

/** What an event counts for and stands under: its best topic that the reader follows, on whichever shelf it was found. */
const topicFor = ({ topics }: Taste, event: NewsEvent): Topic | null =>
  event.topics.find((topic) => topics.has(topic)) ?? event.topics[0] ?? null;

const followed = (taste: Taste, telling: Telling, source: SourceId, titles: ReadonlyMap<SourceId, string>): Because =>
  taste.own.has(telling.source)
    ? { kind: 'source', source: telling.source, title: telling.sourceTitle }
    : { kind: 'source', source, title: titles.get(source) ?? source };

const becauseOf = (
  taste: Taste,
  wish: Wish,
  topic: Topic | null,
  titles: ReadonlyMap<SourceId, string>,
): Offer['because'] => {
  switch (wish.kind) {
    case 'topic':
      return () => ({ kind: 'topic', topic: topic ?? wish.topic });
    case 'keyword':
      return () => wish;
    case 'source':
      return (telling) => followed(taste, telling, wish.source, titles);
    case 'everything':
      return ({ source, sourceTitle }) => ({ kind: 'source', source, title: sourceTitle });
    default:
      return wish satisfies never;
  }
};

const takeWished = (taste: Taste, input: SelectInput, basket: Basket, wished: readonly WishedShelf[]): void => {
  const merged = votedMerge(taste, inputsOf(input.view, wished), input.view.candidates);
  for (const { candidate, from, value } of merged) {
    if (basket.isFull()) {
      return;
    }
    const wish: Wish = wished[from]?.wish ?? { kind: 'everything' };
    const topic = topicFor(taste, candidate.event);
    const because = becauseOf(taste, wish, topic, input.sourceTitles);
    basket.offer({ candidate, value, topic, fromSource: wish.kind === 'source', because });
  }
};

/** The biggest event is the reader's own where they follow its topic or a source that tells it. */
const biggestBecause = (taste: Taste, event: NewsEvent): Offer['because'] => {
  const topic = event.topics.find((each) => taste.topics.has(each));
  return ({ source, sourceTitle }) => {
    if (topic) {
      return { kind: 'topic', topic };
    }
    return taste.own.has(source) ? { kind: 'source', source, title: sourceTitle } : { kind: 'biggest' };
  };
};

const takeBiggest = (taste: Taste, basket: Basket, top: Iterable<Ranked>): void => {
  let looked = 0;
  for (const { candidate, value } of top) {
    if (looked++ >= BIGGEST_OF) {
      return;
    }
    const { event } = candidate;
    const because = biggestBecause(taste, event);
    const isBig = event.outlets > 1;
    if (isBig && basket.offer({ candidate, value, topic: topicFor(taste, event), fromSource: false, because })) {
      return;
    }
  }
};

const takePick = (taste: Taste, { view, picks, at }: SelectInput, basket: Basket): void => {
  const shelf = view.shelf(PICKS);
  for (const [rank, place] of shelf.places.entries()) {
    const candidate = view.candidates[place];
    const pick = picks.find(({ event, until }) => event === candidate?.event.id && until > at);
    if (candidate && pick) {
      const because = (): Because => ({ kind: 'pick', note: pick.note });
      const value = shelf.values[rank] ?? 0;
      if (basket.offer({ candidate, value, topic: topicFor(taste, candidate.event), fromSource: false, because })) {
        return;
      }
    }
  }
};

const fillUp = (taste: Taste, basket: Basket, top: Iterable<Ranked>): void => {
  for (const { candidate, value } of top) {
    if (basket.isFull() || basket.chosen.length >= THIN) {
      return;
    }
    const topic = candidate.event.topics.find((each) => taste.topics.has(each)) ?? null;
    const because = (): Because => ({ kind: 'fill', topic });
    basket.offer({ candidate, value, topic: topicFor(taste, candidate.event), fromSource: false, because });
  }
};

/** How big each chosen event is for everybody, its own country's for a reader at home there. */
const strengthOn = (
  { candidates }: EditionView,
  top: readonly MergeInput[],
  chosen: readonly Chosen[],
  { country }: Preferences,
): ((of: Chosen) => number) => {
  const wanted = new Set(chosen.map(({ event }) => event.id));
  const values = new Map<StoryId, number>();
  for (const { shelf } of top) {
    for (const [rank, place] of shelf.places.entries()) {
      const id = candidates[place]?.event.id;
      if (id !== undefined && wanted.has(id)) {
        values.set(id, Math.max(values.get(id) ?? 0, shelf.values[rank] ?? 0));
      }
    }
  }
  return ({ event, topic }) => {
    const isHome = topic !== null && liftsHome(topic) && event.country !== undefined && event.country === country;
    return (values.get(event.id) ?? 0) * (isHome ? HOME_LIFT : 1);
  };
};

/** Without anything that came since the last digest there is nothing to mail, however much of the old would be left. */
const hasNews = ({ memory: { lastDueAt } }: SelectInput, chosen: readonly Chosen[]): boolean =>
  lastDueAt === undefined || chosen.some(({ event }) => event.lastNewsAt > lastDueAt - EDITION_LAG);

/**
 * Chooses what one reader gets from one edition: a merge of their ranked shelves under the rules of design.md, 'Choosing'. Pure, and
 * the same for send, preview, dry run and replay. Empty (no lead, no sections) if there is nothing new.
 */
export const select = (input: SelectInput): Selection => {
  const { view, reader } = input;
  const taste = tasteOf(reader, input.memory, input.hidden ?? new Set());
  const wished = wishedShelves(reader);
  const topInputs = inputsOf(view, biggestShelves(reader));
  const top = (): Iterable<Ranked> => votedMerge({ ...taste, votes: new Map() }, topInputs, view.candidates);
  const basket = createBasket(taste, shownTitles(taste, view, [...inputsOf(view, wished), ...topInputs]));
  takePick(taste, input, basket);
  takeBiggest(taste, basket, top());
  takeWished(taste, input, basket, wished);
  fillUp(taste, basket, top());
  if (!hasNews(input, basket.chosen)) {
    return NOTHING;
  }
  return arrange(reader, basket.chosen, strengthOn(view, topInputs, basket.chosen, reader));
};
