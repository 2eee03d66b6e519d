import { describe, expect, it } from 'vitest';
import { readSettings } from '../../infra/settings.ts';
import { SETTINGS, synth } from './synth.ts';

describe('settings', () => {
  it('bring the look of mails to every function', () => {
    const look = {
      accent: { light: '#00457c', dark: '#9fd0ff' },
      logo: { url: 'https://news.example/logo.png', width: 200, height: 40 },
    };
    const functions = Object.values(
      synth({ brand: { ...SETTINGS.brand, ...look } }).findResources('AWS::Lambda::Function'),
    );
    const variables = functions.map(({ Properties }) => Properties.Environment?.Variables ?? {});
    expect(variables.filter(({ BRAND_NAME }) => BRAND_NAME !== undefined)).not.toEqual([]);
    for (const { BRAND_NAME, BRAND_ACCENT, BRAND_LOGO } of variables)
      if (BRAND_NAME !== undefined)
        expect([BRAND_ACCENT, BRAND_LOGO]).toEqual(['#00457c #9fd0ff', 'https://news.example/logo.png 200 40']);
  });

  it.each([
    ['an empty postal address', { brand: { ...SETTINGS.brand, postalAddress: '' } }, /brand\.postalAddress/],
    ['a sender that is none', { brand: { ...SETTINGS.brand, from: 'nobody' } }, /brand\.from.*address such as/],
    ['an unknown name', { brnad: {} }, /brnad/],
    [
      'a colour too pale to read',
      { brand: { ...SETTINGS.brand, accent: { light: '#ffcc00', dark: '#ffcc00' } } },
      /brand\.accent\.light: #ffcc00 has a contrast of 1\.\d+/,
    ],
    [
      'a logo that is not https',
      { brand: { ...SETTINGS.brand, logo: { url: 'http://x.example/logo.png', width: 200, height: 40 } } },
      /brand\.logo\.url: an https address/,
    ],
    ['a name of blanks', { brand: { ...SETTINGS.brand, name: '   ' } }, /brand\.name: empty/],
    ['an address for alarms that is none', { alarmsTo: 'me' }, /alarmsTo/],
    ['a stage with a space', { stage: 'my prod' }, /stage/],
  ])('refuse %s by name', (_, over, message) => {
    expect(() => readSettings({ ...SETTINGS, ...over })).toThrow(message);
  });

  it('say all faults at once', () => {
    expect(() => readSettings({ stage: 'X', brand: { ...SETTINGS.brand, from: '' } })).toThrow(/stage.*brand\.from/);
  });
});
