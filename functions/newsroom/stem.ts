const ENGLISH = [
  'ational',
  'ization',
  'fulness',
  'ousness',
  'iveness',
  'ingly',
  'edly',
  'ement',
  'ments',
  'ation',
].concat(['ition', 'ment', 'ness', 'ings', 'ing', 'ied', 'ers', 'ed', 'ly', 'er']);

const DOUBLED = /([bdgmnprt])\1$/;

const singular = (word: string): string => {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith('sses')) return word.slice(0, -2);
  return word.endsWith('s') && !/(ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
};

const english = (word: string): string => {
  let stem = singular(word);
  const suffix = ENGLISH.find((end) => stem.endsWith(end) && stem.length - end.length >= 4);
  if (suffix) stem = stem.slice(0, -suffix.length).replace(DOUBLED, '$1');
  return stem.length > 4 && stem.endsWith('e') ? stem.slice(0, -1) : stem;
};

/** Case and number endings of inflected European languages, longest first. */
const ENDINGS =
  /(?:owych|iego|owie|owej|ami|ach|ego|emu|owi|iem|ych|ymi|imi|ów|em|om|en|er|es|os|as|ie|ei|ou|ям|ами|ого|ому|ов|ой|ых|ий|[aeiouyąęóàèéêíáúôäöüаеиоуыяюь])$/u;

const TASHKEEL = /[\u064b-\u0652\u0640]/gu;
const PROCLITIC = /^(?:[وفبك]?ال|و?لل|و)(?=.{3})/u;
const SUFFIX = /(?<=.{3})(?:ات|ون|ين|ان|ها|ية|ه|ة|ي)$/u;

/** Light stemming, as for searching: 'and', 'with' and the article are written as a part of the word, and so are endings. */
const arabic = (word: string): string =>
  word.replace(TASHKEEL, '').replace(/[أإآ]/gu, 'ا').replace(/ى$/u, 'ي').replace(PROCLITIC, '').replace(SUFFIX, '');

/**
 * A crude stem, the same for the forms of one word: suffix stripping for English; elsewhere one ending off and at most seven
 * letters, which inflected languages bear well. Never for reading, only for comparing.
 */
export const stem = (word: string, language: string): string => {
  if (word.length < 4 || /\d/.test(word)) return word;
  if (language === 'en' || language === '') return english(word);
  if (language === 'ar') return arabic(word);
  const bare = word.length > 4 ? word.replace(ENDINGS, '') : word;
  return (bare.length >= 3 ? bare : word).slice(0, 7);
};
