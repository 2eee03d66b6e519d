import type { NewsEvent, Telling } from '../model/event.ts';
import { shortHash, urlHash } from './memory.ts';
import { type TitleWords, titleWords } from './words.ts';

/** A telling with what the rules compare, worked out once for all readers. */
export interface PreparedTelling {
  telling: Telling;
  story: string;
  url: string;
  words: TitleWords;
}

/** An event as it takes part in selecting. What not every reader needs is worked out on first use. */
export interface Candidate {
  event: NewsEvent;
  /** The same for all versions of an event within a view. */
  number: number;
  /** The event's hash as the ledger keeps it. */
  hash(): string;
  tellings(): readonly PreparedTelling[];
}

const prepare = (telling: Telling): PreparedTelling => ({
  telling,
  story: shortHash(telling.story),
  url: urlHash(telling.url),
  words: titleWords(telling.title),
});

/** A candidate for an event; `number` is its place in the view. */
export const candidate = (event: NewsEvent, number: number): Candidate => {
  let hash: string | undefined;
  let tellings: readonly PreparedTelling[] | undefined;
  return {
    event,
    number,
    hash() {
      hash ??= shortHash(event.id);
      return hash;
    },
    tellings() {
      tellings ??= event.tellings.map(prepare);
      return tellings;
    },
  };
};
