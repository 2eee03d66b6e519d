import { goesByCapitals, type KeywordKey } from '../model/keyword.ts';
import type { HeldStory } from './held.ts';
import type { Standing } from './standing.ts';
import { wordsOf } from './text.ts';

/** An event takes part in a keyword's shelf if this share of its stories speaks of it. */
const LEAST_SHARE = 0.2;

/** The stems of a keyword in one language, as the window's sequences hold them. */
const phraseOf = (keyword: KeywordKey, language: string): number[] =>
  wordsOf(keyword, language).map(({ term }) => term >>> 0);

/** Where the phrase stands in a sequence of stems: -1 if nowhere. */
const find = (sequence: Uint32Array, phrase: readonly number[]): number => {
  const [first = 0] = phrase;
  for (let at = sequence.indexOf(first); at >= 0; at = sequence.indexOf(first, at + 1)) {
    if (phrase.every((term, i) => sequence[at + i] === term)) return at;
  }
  return -1;
};

/** Signs that words are cut at, and that tell 'c++' from 'c'. */
const SIGNS = /[\p{S}#@%*]/u;

const holdsWord = (text: string, letters: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{N}])${letters}(?![\\p{L}\\p{N}])`, 'u').test(text);

/** Whether a story holds a keyword as it is written: with its capitals or its signs, for by its words alone 'c++' would find vitamin C. */
const isWrittenIn = ({ facts: { title, summary } }: HeldStory, keyword: KeywordKey): boolean => {
  const text = `${title} ${summary}`;
  if (goesByCapitals(keyword)) return holdsWord(text, keyword);
  return !SIGNS.test(keyword) || text.toLowerCase().includes(keyword);
};

/** How much a story speaks of a phrase: 1 in the title, a half in the summary. */
const mention = (story: HeldStory, phrase: readonly number[], keyword: KeywordKey): number => {
  const at = find(story.sequence, phrase);
  if (at < 0 || !isWrittenIn(story, keyword)) return 0;
  return at < story.sequence.indexOf(0) ? 1 : 0.5;
};

/** One inverted index over an edition's events, holding only the words that keywords begin with. */
export class KeywordIndex {
  readonly #standings = new Map<number, Set<Standing>>();
  readonly #languages = new Set<string>();
  readonly #keywords: readonly KeywordKey[];

  constructor(keywords: readonly KeywordKey[], standings: readonly Standing[]) {
    this.#keywords = keywords;
    for (const { language } of standings) this.#languages.add(language);
    const wanted = new Set(
      keywords.flatMap((keyword) =>
        [...this.#languages].flatMap((language) => phraseOf(keyword, language).slice(0, 1)),
      ),
    );
    if (wanted.size === 0) return;
    for (const standing of standings) {
      for (const { sequence } of standing.today) {
        for (const term of sequence) if (wanted.has(term)) this.#post(term, standing);
      }
    }
  }

  /** The events of each keyword with the share of their stories that speak of it, unordered. */
  *shelves(): Iterable<[keyword: KeywordKey, matches: { standing: Standing; share: number }[]]> {
    for (const keyword of this.#keywords) yield [keyword, this.#matches(keyword)];
  }

  #post(term: number, standing: Standing): void {
    const set = this.#standings.get(term);
    if (set) set.add(standing);
    else this.#standings.set(term, new Set([standing]));
  }

  #matches(keyword: KeywordKey): { standing: Standing; share: number }[] {
    return [...this.#languages].flatMap((language) => {
      const phrase = phraseOf(keyword, language);
      const candidates = phrase.length > 0 ? (this.#standings.get(phrase[0] ?? 0) ?? []) : [];
      return [...candidates].flatMap((standing) => {
        if (standing.language !== language) return [];
        const share =
          standing.today.reduce((sum, story) => sum + mention(story, phrase, keyword), 0) / standing.today.length;
        return share >= LEAST_SHARE ? [{ standing, share }] : [];
      });
    });
  }
}
