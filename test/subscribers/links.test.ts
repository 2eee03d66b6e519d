import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../functions/model/time.ts';
import { keyedHash } from '../../functions/subscribers/keyed-hash.ts';
import { createLinks, openLink, type Purpose } from '../../functions/subscribers/links.ts';
import { aSubscriber, BASE_AT } from '../builders.ts';

const KEY = new Uint8Array(32).fill(1);
const links = createLinks('https://news.example/', KEY);
const reader = aSubscriber({ generation: 3 });

const URLS: Record<Purpose, string> = {
  confirm: links.confirm(reader, BASE_AT),
  manage: links.manage(reader, BASE_AT),
  own: links.own(reader, BASE_AT),
  pause: links.pause(reader, BASE_AT),
  unsubscribe: links.unsubscribe(reader),
  address: links.address(reader, 'New.Address@example.org', BASE_AT),
  web: links.web(`${reader.id}_2026-01-05_day`),
};
const tokenOf = (url: string): string => url.split('/').at(-1) ?? '';
const cases = Object.entries(URLS);

describe('links', () => {
  it.each(cases)('open %s as what it is', (purpose, url) => {
    expect(openLink([KEY], tokenOf(url), BASE_AT)).toMatchObject({ ok: true, purpose });
  });

  it.each([
    ['confirm', 2 * DAY],
    ['manage', 30 * DAY],
    ['own', 12 * HOUR],
    ['pause', 30 * DAY],
    ['address', 2 * DAY],
  ] as const)('%s ends after its time', (purpose, life) => {
    const token = tokenOf(URLS[purpose]);
    expect(openLink([KEY], token, BASE_AT + life).ok).toBe(true);
    expect(openLink([KEY], token, BASE_AT + life + MINUTE)).toEqual({ ok: false, why: 'expired' });
  });

  it('unsubscribe and web links never end', () => {
    for (const purpose of ['unsubscribe', 'web'] as const)
      expect(openLink([KEY], tokenOf(URLS[purpose]), BASE_AT + 9000 * DAY).ok).toBe(true);
  });

  it('carry generation and new address, and no address in clear', () => {
    expect(openLink([KEY], tokenOf(URLS.manage), BASE_AT)).toMatchObject({
      id: reader.id,
      generation: 3,
      issuedAt: BASE_AT,
    });
    expect(openLink([KEY], tokenOf(URLS.address), BASE_AT)).toMatchObject({ to: 'New.Address@example.org' });
    for (const [, url] of cases) {
      const token = tokenOf(url);
      expect(`${token} ${Buffer.from(token, 'base64url').toString('latin1')}`.toLowerCase()).not.toMatch(
        /example|reader|new\.address/,
      );
      expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
    }
  });

  it('are dead under another key', () => {
    for (const [, url] of cases)
      expect(openLink([new Uint8Array(32).fill(2)], tokenOf(url), BASE_AT)).toEqual({ ok: false, why: 'forged' });
  });

  it('under a key that was replaced: unsubscribing works on, all else has expired', () => {
    const NEW = new Uint8Array(32).fill(2);
    for (const [purpose, url] of cases)
      for (const keys of [
        [NEW, KEY],
        [NEW, new Uint8Array(32).fill(3), KEY],
      ] as const)
        expect(openLink(keys, tokenOf(url), BASE_AT)).toEqual(
          purpose === 'unsubscribe'
            ? { ok: true, purpose, id: reader.id, issuedAt: 0, generation: 0, retired: true }
            : { ok: false, why: 'expired' },
        );
    // whoever adds the key that is current already, as second, takes nothing away
    for (const [purpose, url] of cases) {
      const opened = openLink([KEY, NEW, KEY], tokenOf(url), BASE_AT);
      expect(opened).toMatchObject({ ok: true, purpose });
      expect(opened).not.toMatchObject({ retired: true });
    }
  });

  it('are dead with any one character changed, dropped or doubled', () => {
    const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_.%');
    fc.assert(
      fc.property(fc.constantFrom(...cases.map(([, url]) => tokenOf(url))), fc.nat(), letter, (token, at, other) => {
        const place = at % token.length;
        const changed = [
          token.slice(0, place) + other + token.slice(place + 1),
          token.slice(0, place) + token.slice(place + 1),
          token.slice(0, place) + other + token.slice(place),
        ];
        return changed.every((each) => each === token || !openLink([KEY], each, BASE_AT).ok);
      }),
      { numRuns: 300 },
    );
  });

  it('of a digest are those made one by one, all but unsubscribing', () => {
    const delivery = `${reader.id}_2026-01-05_day`;
    const { unsubscribe, ...others } = links.digest(reader, delivery, BASE_AT);
    expect(others).toEqual({ manage: URLS.manage, pause: URLS.pause, web: URLS.web });
    expect(openLink([KEY], tokenOf(unsubscribe), BASE_AT + 9000 * DAY)).toMatchObject({
      ok: true,
      purpose: 'unsubscribe',
      id: reader.id,
    });
  });

  it('are of no other purpose: a tag taken from one opens nothing else', () => {
    const made = links.digest(reader, `${reader.id}_2026-01-05_day`, BASE_AT);
    for (const url of [...Object.values(URLS), ...Object.values(made)])
      for (const letter of 'cmopuaw') {
        const token = tokenOf(url);
        const other = token[0] + letter + token.slice(2);
        if (other !== token) expect(openLink([KEY], other, BASE_AT)).toEqual({ ok: false, why: 'forged' });
      }
    const tags = Object.values(made).map((url) => url.slice(-22));
    expect(new Set(tags).size).toBe(tags.length);
  });

  it('never throw on nonsense', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (token) => !openLink([KEY], token, BASE_AT).ok));
  });
});

it('the keyed hash is HMAC-SHA-512, for keys and texts of any length', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(fc.string({ maxLength: 2500 }).map((text) => text.replace(/[^\x20-\x7e]/g, ' '))),
      (key, texts) => {
        const hash = keyedHash(key);
        for (const text of texts) expect(hash(text)).toBe(createHmac('sha512', key).update(text).digest('base64url'));
      },
    ),
  );
});
