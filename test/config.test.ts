import { describe, expect, it } from 'vitest';
import { readConfig } from '../functions/config.ts';

const GOOD = {
  PUBLIC_URL: 'https://news.example/',
  BRAND_NAME: 'The Example',
  BRAND_FROM: 'digest@news.example',
  BRAND_POSTAL_ADDRESS: 'Some Street 1, Some Town',
  BRAND_CONTACT: 'hello@news.example',
  CONFIGURATION_SET: 'set',
  TABLE_NEWS: 'n',
  TABLE_SUBSCRIBERS: 's',
  TABLE_DELIVERIES: 'd',
  TABLE_COHORTS: 'c',
  TABLE_CONTROL: 'k',
  QUEUE_FETCH: 'http://127.0.0.1/f',
  QUEUE_DIGESTS: 'http://127.0.0.1/d',
  QUEUE_LETTERS: 'http://127.0.0.1/l',
  QUEUE_SETTLE: 'http://127.0.0.1/d',
  SECRETS: 'none',
};

describe('the configuration', () => {
  it('reads a whole environment', () => {
    expect(
      readConfig({ ...GOOD, FETCH_ALLOW: 'localhost:1, localhost:2', SPARED_NETWORKS: '::1/128 10.0.0.9' }),
    ).toMatchObject({
      PUBLIC_URL: 'https://news.example',
      FETCH_ALLOW: ['localhost:1', 'localhost:2'],
      SPARED_NETWORKS: ['::1/128', '10.0.0.9'],
      WELCOME: 'yes',
    });
  });

  it('reads the look of mails', () => {
    const look = { BRAND_ACCENT: '#00457c #9fd0ff', BRAND_LOGO: 'https://news.example/logo.png 200 40' };
    expect(readConfig({ ...GOOD, ...look })).toMatchObject({
      BRAND_ACCENT: { light: '#00457c', dark: '#9fd0ff' },
      BRAND_LOGO: { url: 'https://news.example/logo.png', width: 200, height: 40 },
    });
    expect(() => readConfig({ ...GOOD, BRAND_ACCENT: 'blue' })).toThrow('BRAND_ACCENT: two colours');
  });

  it('names all that is missing or wrong at once', () => {
    const { TABLE_NEWS: _, ...rest } = GOOD;
    expect(() => readConfig({ ...rest, BRAND_FROM: 'nobody', BRAND_POSTAL_ADDRESS: '' })).toThrow(
      /BRAND_FROM: an address.*BRAND_POSTAL_ADDRESS: a postal address.*; not set: TABLE_NEWS$/,
    );
  });

  it.each([
    ['no word on secrets', { SECRETS: undefined }, /SECRETS/],
    [
      'keys that are too short',
      { SECRETS: 'environment', LINK_KEY: 'short', PEPPER: 'x'.repeat(40) },
      /LINK_KEY: at least 32/,
    ],
    [
      'one key of several that is too short',
      { SECRETS: 'environment', LINK_KEY: `${'x'.repeat(40)}, ${'y'.repeat(31)}`, PEPPER: 'x'.repeat(40) },
      /^configuration: LINK_KEY: at least 32 characters of base64url each, with commas between several, the current first$/,
    ],
    [
      'a network with a wrong mask',
      { SPARED_NETWORKS: '10.0.0.0/8 10.1.0.0/33' },
      /SPARED_NETWORKS: 10\.1\.0\.0\/33: an/,
    ],
    [
      'a network without its mask',
      { SPARED_NETWORKS: '10.0.0.0/' },
      /^configuration: SPARED_NETWORKS: 10\.0\.0\.0\/: an/,
    ],
    [
      'a network that is none',
      { SPARED_NETWORKS: 'office,::1/129,1.2.3.4/8/8' },
      /office, ::1\/129, 1\.2\.3\.4\/8\/8: an/,
    ],
    ['an endpoint that is none', { ENDPOINT_SES: 'ses' }, /ENDPOINT_SES/],
  ])('refuses %s', (_, over, message) => {
    expect(() => readConfig({ ...GOOD, ...over })).toThrow(message);
  });
});
