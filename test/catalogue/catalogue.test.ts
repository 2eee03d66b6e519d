import { describe, expect, it } from 'vitest';
import { TOPICS } from '../../functions/model/topic.ts';
import { catalogue } from '../../infra/catalogue/index.ts';

const repeated = (values: string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at);

/** The address as two spellings of it share it. */
const bare = (url: string): string => url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');

describe('the catalogue', () => {
  it('holds at least 180 sources, none twice', () => {
    expect(catalogue.length).toBeGreaterThanOrEqual(180);
    expect(repeated(catalogue.map(({ id }) => id))).toEqual([]);
    expect(repeated(catalogue.map(({ url }) => bare(url)))).toEqual([]);
    expect(repeated(catalogue.map(({ title }) => title))).toEqual([]);
  });

  it.each(TOPICS)('has six sources or more that write of %s alone', (topic) => {
    expect(catalogue.filter((entry) => entry.topic === topic).length).toBeGreaterThanOrEqual(6);
  });

  it.each([
    ['en', 100],
    ['de', 5],
    ['fr', 5],
    ['es', 5],
    ['it', 5],
    ['pl', 5],
    ['pt', 4],
  ])('has sources in %s: %i or more', (language, least) => {
    expect(catalogue.filter((entry) => entry.language === language).length).toBeGreaterThanOrEqual(least);
  });

  it('has general outlets of twenty countries or more', () => {
    const general = catalogue.filter(({ topic }) => topic === undefined);
    expect(new Set(general.map(({ country }) => country)).size).toBeGreaterThanOrEqual(20);
  });

  it('names outlets, not page titles', () => {
    const odd = catalogue.filter(
      ({ title }) => title.length > 40 || /[|»]|https?:|\brss\b|latest|breaking/i.test(title),
    );
    expect(odd.map(({ title }) => title)).toEqual(['BreakingNews.ie']);
  });

  it('lists no aggregator and no video or podcast host', () => {
    const others = catalogue.filter(({ url }) =>
      /reddit|news\.google|youtube|hnrss|simplecast|libsyn|megaphone/.test(url),
    );
    expect(others).toEqual([]);
  });
});
