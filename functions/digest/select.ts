import type { Chosen, Selection } from '../model/digest.ts';
import type { Pick } from '../model/shelf.ts';
import type { SourceId } from '../model/source.ts';
import type { StoryId } from '../model/story.ts';
import type { Preferences } from '../model/subscriber.ts';
import type { Instant } from '../model/time.ts';
import { arrange } from './arrange.ts';
import { Basket } from './basket.ts';
import type { Claim } from './because.ts';
import type { Candidate } from './candidate.ts';
import type { EditionView } from './edition-view.ts';
import type { Memory } from './memory.ts';
import { Merge, type MergeInput, type Walk } from './merge.ts';
import { isSince } from './novelty.ts';
import { LEAD_LIFT, liftsHome, type RankedShelf } from './ranked-shelf.ts';
import { type Taste, tasteOf } from './taste.ts';
import { votedMerge } from './voted-merge.ts';
import { biggestShelves, PICKS, type Wish, type WishedShelf, wishedShelves } from './wishes.ts';

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

const NOTHING: Selection = { lead: null, sections: [], filled: false };

/** The best of a small topic counts for so much beside the best of the reader's biggest topic; else all shelves would begin alike. */
const SMALLEST_TOPIC = 0.8;

/** A wished shelf as it takes part in the merge. */
export interface Input extends MergeInput {
  shelf: RankedShelf;
  wish: Wish;
}

const inputsOf = (view: EditionView, shelves: readonly WishedShelf[]): Input[] => {
  const inputs = shelves.map(
    ({ shelf, weight, country, wish }): Input => ({
      shelf: country ? view.shelfAt(shelf, country) : view.shelf(shelf),
      weight,
      wish,
    }),
  );
  let biggest = 1;
  for (const { shelf, wish } of inputs) {
    biggest = wish.kind === 'topic' && shelf.best > biggest ? shelf.best : biggest;
  }
  for (const input of inputs) {
    if (input.wish.kind === 'topic') {
      input.weight *= SMALLEST_TOPIC + (1 - SMALLEST_TOPIC) * Math.sqrt(input.shelf.best / biggest);
    }
  }
  return inputs;
};

const takeWished = (walk: Walk, basket: Basket, inputs: readonly Input[]): void => {
  while (!basket.isFull() && walk.next()) {
    const input = inputs[walk.from];
    if (input) {
      basket.offer(walk.place, walk.value, input.wish, input.shelf.isQuiet);
    }
  }
};

/** The biggest event is one of a keyword's where it is on its shelf: who asked for the keyword looks for it there, and it may lead. */
const claimOfBiggest = ({ table }: EditionView, wished: readonly Input[], place: number): Claim => {
  for (const { shelf, wish } of wished) {
    if (wish.kind === 'keyword' && shelf.valueOf(table.numberOf(place)) > 0) {
      return wish;
    }
  }
  return { kind: 'biggest' };
};

const takeBiggest = (view: EditionView, basket: Basket, top: Walk, wished: readonly Input[]): void => {
  for (let looked = 0; looked < BIGGEST_OF && top.next(); looked++) {
    const { place, value } = top;
    if (view.table.outletsOf(place) > 1 && basket.offer(place, value, claimOfBiggest(view, wished, place))) {
      return;
    }
  }
};

const takePick = ({ view, picks, at }: SelectInput, basket: Basket): void => {
  if (picks.length === 0) {
    return;
  }
  const shelf = view.shelf(PICKS);
  for (const [rank, place] of shelf.places.entries()) {
    const candidate = view.candidates[place];
    const pick = picks.find(({ event, until }) => event === candidate?.event.id && until > at);
    const value = shelf.values[rank] ?? 0;
    if (candidate && pick && basket.offer(place, value, { kind: 'pick', note: pick.note })) {
      return;
    }
  }
};

const fillUp = (basket: Basket, inputs: readonly MergeInput[]): void => {
  if (basket.isFull() || basket.chosen.length >= THIN) {
    return;
  }
  const top = new Merge(inputs);
  while (!basket.isFull() && basket.chosen.length < THIN && top.next()) {
    basket.offer(top.place, top.value, { kind: 'fill' });
  }
};

/** How big one of the chosen is for everybody, its own country's news for a reader at home there. */
const strengthOn =
  (top: readonly Input[], { table, country }: Taste, { chosen, places }: Basket): ((at: number) => number) =>
  (at) => {
    const [place, topic] = [places[at] ?? 0, chosen[at]?.topic ?? null];
    const isHome = topic !== null && liftsHome(topic) && table.isFrom(country, place);
    const number = table.numberOf(place);
    let value = 0;
    for (const { shelf } of top) {
      value = Math.max(value, shelf.valueOf(number));
    }
    return value * (isHome ? LEAD_LIFT : 1);
  };

/** Without anything that came since the last digest there is nothing to mail, however much of the old would be left. */
const hasNews = ({ memory }: SelectInput, chosen: readonly Chosen[]): boolean =>
  chosen.some(({ event }) => isSince(memory, event.lastNewsAt));

const NO_EVENTS: ReadonlySet<StoryId> = new Set();

/** Walks a reader's shelves in falling order of value. */
export type Walker = (taste: Taste, inputs: readonly Input[], candidates: readonly Candidate[]) => Walk;

/** `select` with another way to walk the reader's shelves: the bench compares some. */
export const selectBy =
  (walker: Walker) =>
  (input: SelectInput): Selection => {
    const { view, reader, memory, sourceTitles } = input;
    const taste = tasteOf(view, reader, memory, input.hidden ?? NO_EVENTS);
    const wished = inputsOf(view, wishedShelves(reader));
    const top = inputsOf(view, biggestShelves(reader));
    const basket = new Basket(taste, sourceTitles);
    takePick(input, basket);
    takeBiggest(view, basket, new Merge(top), wished);
    takeWished(walker(taste, wished, view.candidates), basket, wished);
    fillUp(basket, top);
    return hasNews(input, basket.chosen) ? arrange(reader, basket.chosen, strengthOn(top, taste, basket)) : NOTHING;
  };

/**
 * Chooses what one reader gets from one edition: a merge of their ranked shelves under the rules of design.md, 'Choosing'. Pure, and
 * the same for send, preview, dry run and replay. Empty (no lead, no sections) if there is nothing new.
 */
export const select = selectBy(votedMerge);
