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
    ['a stage with a space', { stage: 'my prod' }, /stage is "my prod": lower-case letters/],
    [
      'a missing postal address',
      { brand: { ...SETTINGS.brand, postalAddress: undefined } },
      /: brand\.postalAddress is missing: a postal address .* mail laws/,
    ],
    ['a missing brand', { brand: undefined }, /: brand is missing: name, from, postalAddress and contact at least$/],
    [
      'a mistyped name',
      { brand: { ...SETTINGS.brand, adress: 'x' } },
      /: brand\.adress: no such setting, there are name, from, postalAddress/,
    ],
    ['a switch in quotes', { sandbox: 'false' }, /: sandbox is "false": true or false, without quotes$/],
    ['days that CloudWatch does not keep', { logDays: 14 }, /: logDays is 14: 7, 30 or 90$/],
    ['a public address that is not https', { publicUrl: 'http://news.example' }, /: publicUrl is .*: https:\/\/ and/],
    ['a public address with a path', { publicUrl: 'https://news.example/digest' }, /: publicUrl is .*without a path$/],
    ['a public address with a query', { publicUrl: 'https://news.example?x=1' }, /: publicUrl is /],
    ['a public address with a password', { publicUrl: 'https://me:x@news.example' }, /: publicUrl is /],
    ['a name of two lines', { brand: { ...SETTINGS.brand, name: 'A\nB' } }, /: brand\.name is "A\\nB": .*on one line$/],
    [
      'half an accent',
      { brand: { ...SETTINGS.brand, accent: { light: '#9c2b18' } } },
      /brand\.accent\.dark is missing/,
    ],
    [
      'a sender that SES cannot write',
      { brand: { ...SETTINGS.brand, from: 'ann@b\u00fccher.example' } },
      /: brand\.from: an address like .*xn--/,
    ],
  ])('refuse %s by name', (_, over, message) => {
    expect(() => readSettings({ ...SETTINGS, ...over })).toThrow(message);
  });

  it('say all faults at once', () => {
    expect(() => readSettings({ stage: 'X', brand: { ...SETTINGS.brand, from: '' } })).toThrow(/stage.*brand\.from/);
    const pale = { ...SETTINGS.brand, accent: { light: '#ffcc00', dark: '#ffffff' } };
    expect(() => readSettings({ sandbox: 1, brand: pale })).toThrow(/sandbox.*; brand\.accent\.light.*a darker one$/);
  });

  it('are told where there are none', () => {
    expect(() => readSettings(undefined)).toThrow(/^cdk\.json, context\.broadsheet: is missing: an object with brand/);
  });

  it('hold names of any letters, and a domain of one\u2019s own', () => {
    const name = '\u201eDer \u00dcberblick\u201c & "Co" <1>';
    const template = synth({ brand: { ...SETTINGS.brand, name }, publicUrl: 'https://news.example/' });
    const [{ Properties } = { Properties: {} }] = Object.values(template.findResources('AWS::Lambda::Function')).filter(
      ({ Properties }) => Properties.Environment?.Variables?.BRAND_NAME === name,
    );
    expect(Properties.Environment?.Variables?.PUBLIC_URL).toBe('https://news.example');
    expect(template.findOutputs('SignUpPage')).toMatchObject({ SignUpPage: { Value: 'https://news.example' } });
  });
});
