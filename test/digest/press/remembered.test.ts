import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPress } from '../../../functions/digest/press/press.ts';
import type { Card, DigestView } from '../../../functions/model/digest.ts';
import { HOUR } from '../../../functions/model/time.ts';
import { AT, aCard, aView, BRAND, ENVELOPE } from './views.ts';

const BASE = aView();

/** Two stories; what changes of a card below shares their objects, as readers of one edition do. */
const [RAIN, SNOW] = ['Rain', 'Snow'].map((title, at) =>
  aCard({ title, id: `34zzx0x2rbp${at}q`, source: `outlet-${at}`, sourceTitle: `Outlet ${at}`, also: ['One', 'Two'] }),
) as [Card, Card];

const cardWith = (card: Card, over: Partial<Card['chosen']>): Card => ({
  ...card,
  chosen: { ...card.chosen, ...over },
});
const because = (of: Card['chosen']['reason']['because'], outlets = 3): Partial<Card['chosen']> => ({
  reason: { outlets, because: of },
});

const CARDS: readonly (readonly Card[])[] = [
  [RAIN, SNOW],
  [SNOW, RAIN],
  [RAIN],
  [cardWith(RAIN, { update: true }), SNOW],
  [cardWith(RAIN, { also: RAIN.chosen.also.slice(1) }), cardWith(SNOW, { also: [] })],
  [cardWith(RAIN, because({ kind: 'keyword', keyword: 'rain' })), SNOW],
  [cardWith(RAIN, because({ kind: 'keyword', keyword: 'science' })), SNOW],
  [RAIN, cardWith(SNOW, because({ kind: 'topic', topic: 'science' }, 9))],
];

const linksWith = (token: string, web = true): DigestView['links'] => ({
  manage: `https://broadsheet.example/m/${token}`,
  pause: `https://broadsheet.example/p/${token}`,
  unsubscribe: `https://broadsheet.example/u/${token}`,
  web: web ? `https://broadsheet.example/w/${token}` : null,
  more: `https://broadsheet.example/m/${token}/more?topic=`,
  less: `https://broadsheet.example/m/${token}/less?source=`,
});

const readerWith = (over: Partial<DigestView['reader']>): Partial<DigestView> => ({
  reader: { ...BASE.reader, ...over },
});

/** What may tell one reader's mail from another's, each alone. */
const CHANGES: readonly Partial<DigestView>[] = [
  { kind: 'welcome' },
  { kind: 'now' },
  { language: 'ar' },
  { zone: 'Europe/Lisbon' },
  { filled: true },
  { kind: 'welcome', joining: 'keywords' },
  { kind: 'welcome', joining: 'both' },
  { format: 'brief' },
  { format: 'text' },
  { pictures: 'none' },
  { pictures: 'all' },
  { nextAt: null },
  { nextAt: AT + 48 * HOUR },
  { stopped: [{ title: 'Silent Outlet', sinceAt: AT - 240 * HOUR }] },
  { sources: 1 },
  { links: linksWith('bbbb') },
  { links: linksWith('aaaa', false) },
  readerWith({ address: "o'hara&co@example.org" }),
  readerWith({ signedUpAt: AT - HOUR }),
  readerWith({ cadence: 'weekly' }),
  readerWith({ cadence: 'weekly', weekday: 5 }),
  readerWith({ hour: 18 }),
];

const views = fc
  .tuple(fc.constantFrom(...CARDS), fc.subarray([...CHANGES], { maxLength: 2 }))
  .map(([[lead, ...rest], changes]) =>
    aView({
      links: linksWith('aaaa'),
      lead: lead ?? null,
      sections: rest.length > 0 ? [{ heading: { kind: 'topic', topic: 'science' }, cards: rest }] : [],
      ...Object.assign({}, ...changes),
    }),
  );

test('what a press remembers of one reader comes to no other: mails and pages are those of a press that knows nobody', () => {
  fc.assert(
    fc.property(fc.array(views, { minLength: 6, maxLength: 12 }), (all) => {
      const press = createPress(BRAND);
      for (const view of all) {
        const alone = createPress(BRAND);
        expect(press.digest(view, ENVELOPE)).toEqual(alone.digest(view, ENVELOPE));
        expect(press.page(view)).toBe(alone.page(view));
      }
    }),
    { numRuns: 60 },
  );
});
