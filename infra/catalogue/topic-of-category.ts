import { TOPICS, type Topic } from '../../functions/model/topic.ts';

/** Words that other lists use for one of our topics, and for nothing else. General ones ('News', 'World') say where a paper looks, not what it is about. */
const WORDS: Record<string, Topic> = {
  tech: 'technology',
  ai: 'technology',
  programming: 'technology',
  security: 'technology',
  linux: 'technology',
  gadgets: 'technology',
  finance: 'business',
  economy: 'business',
  markets: 'business',
  sports: 'sport',
  football: 'sport',
  soccer: 'sport',
  cricket: 'sport',
  tennis: 'sport',
  space: 'science',
  medicine: 'health',
  movies: 'entertainment',
  film: 'entertainment',
  music: 'entertainment',
  television: 'entertainment',
  'video games': 'entertainment',
  gaming: 'entertainment',
  comics: 'entertainment',
  anime: 'entertainment',
  climate: 'environment',
  fashion: 'lifestyle',
  beauty: 'lifestyle',
  'interior design': 'lifestyle',
  cooking: 'food',
  recipes: 'food',
};

const topicOfWord = (word: string): Topic | undefined => {
  const key = word.trim().toLowerCase();
  return (
    TOPICS.find((topic) => topic === key && topic !== 'world') ?? (Object.hasOwn(WORDS, key) ? WORDS[key] : undefined)
  );
};

/**
 * The topic that a list's category and subcategory name together: a general subcategory does not undo a clear category
 * ('Business', 'News'), but a general category does ('News', 'Business': one section of a paper), and so do two that differ.
 */
export const topicOfCategories = ([category = '', ...finer]: string[]): Topic | undefined => {
  const broad = topicOfWord(category);
  const other = finer.map(topicOfWord).find((topic) => topic !== undefined);
  return other === undefined || other === broad ? broad : undefined;
};
