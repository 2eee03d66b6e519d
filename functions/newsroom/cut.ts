import { ByLanguage } from './by-language.ts';
import { kindsOfCharacters } from './characters.ts';

/** Where each raw word of a text starts and ends, in order. */
export interface Cut {
  starts: number[];
  ends: number[];
}

/** A word: letters and numbers with their marks; single joiners inside hold it together. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[.'’&][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;
const NO_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;

/** What a character is to WORD. Surrogates and scripts without spaces are beyond what one character tells. */
const KIND = { core: 1, mark: 2, joiner: 3, other: 4, beyond: 5 };
const kindOf = kindsOfCharacters(
  [
    [NO_SPACES, KIND.beyond],
    [/[\p{L}\p{N}]/u, KIND.core],
    [/\p{M}/u, KIND.mark],
    [/[.'’&]/, KIND.joiner],
    [/\p{Surrogate}/u, KIND.beyond],
  ],
  KIND.other,
);

/** Cuts what nearly all texts are made of without the expressions; undefined where it takes them. */
const cutPlain = (text: string): Cut | undefined => {
  const cut: Cut = { starts: [], ends: [] };
  const kindAt = (at: number): number => (at < text.length ? kindOf(text.charCodeAt(at)) : KIND.other);
  for (let at = 0; at < text.length; at++) {
    const kind = kindAt(at);
    if (kind === KIND.beyond) return undefined;
    if (kind !== KIND.core) continue;
    const start = at++;
    for (let next = kindAt(at); next <= KIND.joiner; next = kindAt(at)) {
      if (next === KIND.joiner && kindAt(at + 1) !== KIND.core) break;
      at++;
    }
    cut.starts.push(start);
    cut.ends.push(at);
    at--;
  }
  return cut;
};

const segmenters = new ByLanguage((language) => new Intl.Segmenter(language || 'ja', { granularity: 'word' }));

/** Cuts a text into words; scripts without spaces are cut by the platform's dictionary. */
export const cut = (text: string, language: string): Cut => {
  const plain = cutPlain(text);
  if (plain) return plain;
  const found = NO_SPACES.test(text)
    ? [...segmenters.of(language).segment(text)].flatMap(({ segment, index, isWordLike }) =>
        isWordLike ? [{ raw: segment, start: index }] : [],
      )
    : [...text.matchAll(WORD)].map((match) => ({ raw: match[0], start: match.index }));
  return { starts: found.map(({ start }) => start), ends: found.map(({ raw, start }) => start + raw.length) };
};
