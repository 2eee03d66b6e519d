import type { NewsEvent, Telling } from '../model/event.ts';
import { firstSeenOf, type StoryId } from '../model/story.ts';

/** An event without what followed sources tell beside it. */
export const withoutApart = (event: NewsEvent): NewsEvent => {
  const told = event.tellings.filter(({ apart }) => !apart);
  return told.length === 0 || told.length === event.tellings.length ? event : { ...event, tellings: told };
};

/** The story that founded an event may be one that tells something else now: the id is the event's, and it takes another of the same shape. */
const idApart = ({ id }: NewsEvent, story: StoryId): StoryId =>
  story === id ? story.slice(0, 6) + [...story.slice(6)].reverse().join('') : story;

/**
 * What a followed source tells beside an event, as an event of its own: it is none of that event's topics, does not stand for it in a
 * digest, and who was mailed it still gets the event.
 */
export const eventApart = (event: NewsEvent, telling: Telling): NewsEvent => {
  const { apart: _, ...alone } = telling;
  const { country: _country, anew: _anew, ...rest } = event;
  const seenAt = firstSeenOf(telling.story);
  return {
    ...rest,
    id: idApart(event, telling.story),
    topics: [],
    outlets: 1,
    tellings: [alone],
    turn: 0,
    firstSeenAt: seenAt,
    lastNewsAt: seenAt,
  };
};

/** Those of an event's tellings that are events of their own to the followers of their sources. */
export const tellingsApart = (event: NewsEvent): Telling[] => {
  const told = withoutApart(event).tellings;
  return told.length === event.tellings.length ? [] : event.tellings.filter(({ apart }) => apart);
};
