import { describe, expect, it } from 'vitest';
import { keywordKey } from '../../functions/model/keyword.ts';
import { HOUR } from '../../functions/model/time.ts';
import { KeywordIndex } from '../../functions/newsroom/keywords.ts';
import { EMPTY_MODEL } from '../../functions/newsroom/model/model.ts';
import { standingsAt } from '../../functions/newsroom/standing.ts';
import { NewsWindow } from '../../functions/newsroom/window.ts';

const NOW = Date.parse('2026-03-02T22:00:00Z');

/** Whether a story with such a title stands on a keyword's shelf. */
const isOn = (keyword: string, title: string, language: string): boolean => {
  const window = new NewsWindow(EMPTY_MODEL);
  window.add([
    {
      id: 'a',
      title,
      summary: '',
      url: 'https://a.example/1',
      source: 'a',
      seenAt: NOW - HOUR,
      sections: [],
      language,
    },
  ]);
  const [[, matches] = ['', []]] = [...new KeywordIndex([keywordKey(keyword)], standingsAt(window, NOW)).shelves()];
  return matches.length > 0;
};

describe('a keyword', () => {
  it.each([
    ['interest rates', 'Bank keeps interest rate', 'en', true],
    ['interest rates', 'Interest in rates', 'en', false],
    ['iran', "Iran's parliament meets", 'en', true],
    ['at&t', 'AT&T raises prices', 'en', true],
    // keywords.ts: isWrittenIn is always true
    ['c++', 'Vitamin C in winter', 'en', false],
    ['c++', 'What is new in C++ this year', 'en', true],
    ['c#', 'C# gets a new compiler', 'en', true],
    ['AI', 'A chief for AI-made films', 'en', true],
    ['AI', 'J’ai vu la mer', 'fr', false],
    ['US', 'Tell us how it went', 'en', false],
    ['US', 'US and Canada agree', 'en', true],
    ['G7', 'Leaders of the G7 meet', 'en', true],
    ['Xi', 'Xi meets Putin', 'en', true],
    ['Xi', 'The best XI of the year', 'en', false],
    ['УГ', 'УГ: новый мост', 'ru', true],
    ['+++', 'Nothing but signs', 'en', false],
    ['東京', '東京都知事が会見', 'ja', true],
    ['委内瑞拉', '委内瑞拉总统被抓', 'zh', true],
    // stem.ts: leave out arabic()
    ['إيران', 'محادثات بين واشنطن وإيران', 'ar', true],
    ['الصين', 'رسوم جديدة على تجارة الولايات بالصين', 'ar', true],
    ['حرب', 'الحرب تدخل عامها الرابع', 'ar', true],
    ['حرب', 'افتتاح معرض الكتاب', 'ar', false],
  ])('%s in %j (%s): %s', (keyword, title, language, found) => {
    expect(isOn(keyword, title, language)).toBe(found);
  });
});
