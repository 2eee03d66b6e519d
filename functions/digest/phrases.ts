/** Proclitics are written as a part of an Arabic word: 'and', 'with', 'for', 'as', each also before the article. */
const BEFORE_WORD = ['', 'و', 'ف', 'ب', 'ل', 'ك'];
const WITH_ARTICLE = ['ال', 'وال', 'فال', 'بال', 'كال', 'لل', 'ولل'];
const ARTICLE = 'ال';

/** The forms of a folded phrase that say the same: more than itself in Arabic, of whose words others may begin alike. */
export const formsOf = (phrase: string): string[] => {
  if (!/^\p{Script=Arabic}/u.test(phrase)) return [phrase];
  const isDefinite = phrase.startsWith(ARTICLE) && phrase.length > ARTICLE.length + 2;
  const bare = isDefinite ? phrase.slice(ARTICLE.length) : phrase;
  const prefixes = isDefinite ? WITH_ARTICLE : [...BEFORE_WORD, ...WITH_ARTICLE];
  return prefixes.map((prefix) => `${prefix}${bare}`);
};
