import { parse } from 'parse5';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { createPress } from '../../../functions/digest/press/press.ts';
import type { DigestView } from '../../../functions/model/digest.ts';
import { CHROME_LANGUAGES } from '../../../functions/model/subscriber.ts';
import { PEOPLE } from './people.ts';
import { AT, aCard, aView, BRAND, ENVELOPE } from './views.ts';

const press = createPress(BRAND);

const mailed = async (view: DigestView) => {
  const { raw, ...facts } = press.digest(view, ENVELOPE);
  const { html = '', text = '' } = await PostalMime.parse(raw);
  return { raw, html, text, ...facts };
};

const hrefs = (html: string): string[] => [...html.matchAll(/href="([^"]*)"/g)].map(([, url = '']) => url);

const seen = (html: string): string => {
  const texts: string[] = [];
  const walk = (node: { nodeName: string; value?: string; childNodes?: unknown[] }): void => {
    if (node.nodeName === '#text') texts.push(node.value ?? '');
    for (const child of node.childNodes ?? []) walk(child as typeof node);
  };
  walk(parse(html.slice(html.indexOf('<body'))) as never);
  return texts.join('').replace(/\s+/g, ' ');
};

const people = Object.entries(PEOPLE).map(([name, view]) => ({ name, view }));
const one = (over: Parameters<typeof aCard>[0] = {}) => aView({ lead: aCard(over) });

describe.each(people)('the mail of $name', ({ view }) => {
  test('has every story in its text, in order, and its links in a mail of ours or of the story', async () => {
    const { text, html } = await mailed(view);
    const titles = [view.lead, ...view.sections.flatMap(({ cards }) => cards)].flatMap(
      (card) => card?.story.title ?? [],
    );
    const flat = text.replace(/\s+/g, ' ');
    const places = titles.map((title) => flat.indexOf(title.replace(/\s+/g, ' ')));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places.every((place) => place >= 0)).toBe(true);
    for (const url of hrefs(html)) expect(url).toMatch(/^https:\/\/[a-z0-9.-]+\.example\//);
  });

  test('tells in both parts why it came, to which address, from whom, and how to leave', async () => {
    const { text, html } = await mailed(view);
    for (const part of view.format === 'text' ? [text] : [text, html]) {
      for (const fact of [view.reader.address, BRAND.postalAddress, BRAND.contact, view.links.unsubscribe])
        expect(part).toContain(fact);
    }
  });

  test('ends with the unsubscribe link', async () => {
    const { text, html } = await mailed(view);
    expect(text.match(/https?:\S+/g)?.at(-1)).toBe(view.links.unsubscribe);
    if (view.format !== 'text') expect(hrefs(html).at(-1)).toBe(view.links.unsubscribe);
  });

  test('has lines of ASCII within the limits, and nothing but CRLF', async () => {
    const { raw } = await mailed(view);
    expect(raw).toMatch(/^[\r\n\x20-\x7e]*$/);
    expect(raw).not.toMatch(/[^\r]\n|\r[^\n]/);
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  test('tells how many bytes its text has as it is mailed', () => {
    const { raw, textBytes } = press.digest(view, ENVELOPE);
    const [, encoded = ''] = /quoted-printable\r\n\r\n(.*?)(\r\n--=_|$)/s.exec(raw) ?? [];
    const decoded = encoded.replace(/=\r\n/g, '').replace(/=[0-9A-F]{2}/g, '?');
    expect(textBytes).toBe(decoded.length);
  });

  test('has Outlook’s conditional comments whole', async () => {
    const marks = (await mailed(view)).html.match(/<!--\[if|<!\[endif\]/g) ?? [];
    expect(marks).toEqual(marks.map((_, at) => (at % 2 === 0 ? '<!--[if' : '<![endif]')));
    if (view.format !== 'text') expect(marks.length).toBeGreaterThan(0);
  });

  test('is the same from a press that has printed other mails and from a new one', () => {
    for (const other of people) press.digest(other.view, ENVELOPE);
    const again = press.digest(view, ENVELOPE);
    expect(again).toEqual(createPress(BRAND).digest(view, ENVELOPE));
  });
});

test.each(CHROME_LANGUAGES)('a digest in %s says its language and direction', async (language) => {
  const { html } = await mailed(aView({ ...PEOPLE.full, language }));
  const [, lang, dir] = /<html\s+lang="(\w+)"\s+dir="(\w+)"/.exec(html) ?? [];
  expect([lang, dir]).toEqual([language, language === 'ar' ? 'rtl' : 'ltr']);
  if (language === 'ar') expect(html).not.toMatch(/direction:ltr|dir="ltr"/);
});

test('the subject leads with the top story and ends with the date in daily mails', async () => {
  expect((await mailed(one({ title: 'Rain' }))).subject).toBe('Rain · Mon 23 Nov');
  const weekly = aView({ ...one({ title: 'Rain' }), reader: { ...aView().reader, cadence: 'weekly' } });
  expect((await mailed(weekly)).subject).toBe('Rain');
  expect([...(await mailed(one({ title: '🌧️ wet '.repeat(40) }))).subject].length).toBeLessThanOrEqual(70);
});

test('the date is the reader’s own', async () => {
  expect((await mailed({ ...one(), zone: 'Pacific/Kiritimati', at: AT + 5 * 3_600_000 })).subject).toContain(
    'Tue 24 Nov',
  );
  expect((await mailed({ ...one(), zone: 'Pacific/Niue', at: AT + 4 * 3_600_000 })).subject).toContain('Sun 22 Nov');
});

test('a brief mail has headlines without summaries', async () => {
  const { html, text } = await mailed(aView({ ...PEOPLE.full, format: 'brief' }));
  expect(html + text).not.toContain('Divers counted');
  expect(html).toContain('Seagrass meadows');
  expect(html).not.toContain('<img');
});

test.each([
  ['lead', 1],
  ['none', 0],
  ['all', 2],
] as const)('pictures %s: %i', async (pictures, count) => {
  const { html } = await mailed(aView({ ...PEOPLE.full, pictures }));
  expect(html.match(/<img/g)?.length ?? 0).toBe(count);
  expect(html.includes('loads nothing')).toBe(count === 0);
});

test.each(['http://x.example/a.png', 'data:image/png;base64,AAAA', 'javascript:alert(1)', '//x.example/a.png'])(
  'no picture from %s',
  async (image) => {
    expect((await mailed(one({ image }))).html).not.toContain('<img');
  },
);

test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://x.example/', 'not an address', 'mailto:a@b.example'])(
  'no link to %s, but the headline',
  async (url) => {
    const { html } = await mailed(one({ url, title: 'A headline' }));
    expect(html).not.toContain(url);
    expect(seen(html)).toContain('A headline');
  },
);

test.each([
  ["https://x.example/a?b=1&c='2'&d=%20", 'https://x.example/a?b=1&amp;c=&#39;2&#39;&amp;d=%20'],
  ['https://x.example/é?a=b c', 'https://x.example/%C3%A9?a=b%20c'],
  ['HTTP://bücher.example/_=_', 'http://xn--bcher-kva.example/_&#61;_'],
])('the address %s is linked as its feed gave it where that is clean, escaped once', async (url, written) => {
  expect((await mailed(one({ url }))).html).toContain(`href="${written}"`);
});

test('words of feeds arrive literally', async () => {
  const title = '{{#each}} $& <b>5 &lt; 6</b> =_broadsheet_part \ue000 &amp;';
  const { html } = await mailed(one({ title, summary: title, sourceTitle: title }));
  expect(seen(html).split(title).length - 1).toBeGreaterThanOrEqual(3);
});

test('an address of two thousand characters does not break the line limit', async () => {
  const url = `https://x.example/${'a'.repeat(2000)}`;
  const { html, raw } = await mailed(one({ url }));
  expect(html).toContain(url);
  expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
});

const stress = (count: number, format: 'full' | 'brief') =>
  aView({
    format,
    pictures: 'all',
    sections: [
      {
        heading: { kind: 'topic', topic: 'world' },
        cards: Array.from({ length: count }, (_, at) =>
          aCard({
            title: `T${at}! ${'موضوع 🌊 '.repeat(30)}`.slice(0, 300),
            summary: `S${at}! ${'مطر 🌧️ '.repeat(60)}`.slice(0, 400),
            url: `https://x.example/${at}/${'path-'.repeat(60)}`,
            image: `https://x.example/${'p'.repeat(800)}/${at}.jpg`,
            also: ['A Post', 'B Wire', 'C Blatt'],
          }),
        ),
      },
    ],
  });

test.each(['full', 'brief'] as const)('200 long stories, %s: within 90,000 bytes, the footer whole', async (format) => {
  const { html, htmlBytes } = await mailed(stress(200, format));
  expect(htmlBytes).toBeLessThanOrEqual(90_000);
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(90_000);
  expect(hrefs(html).at(-1)).toBe(aView().links.unsubscribe);
  expect(seen(html)).toMatch(/\d+ more on the web/);
  expect(html).not.toContain('<img');
});

test('pictures go before summaries, summaries before stories', async () => {
  const stages = new Set<string>();
  for (let stories = 1; stories <= 60; stories++) {
    const { html } = await mailed(stress(stories, 'full'));
    const body = html.slice(html.indexOf('<h1'));
    const left = (what: RegExp) => new Set(body.match(what)).size;
    const [pictures, summaries, titles] = [left(/\d+\.jpg/g), left(/S\d+!/g), left(/T\d+!/g)];
    if (summaries < stories) expect(pictures).toBe(0);
    if (titles < stories) expect(summaries).toBe(0);
    expect([0, stories]).toContain(pictures);
    stages.add(`${pictures > 0} ${summaries === stories} ${titles === stories}`);
  }
  expect([...stages]).toEqual(['true true true', 'false true true', 'false false true', 'false false false']);
});

test('twenty stories of usual length take at most 40,000 bytes', async () => {
  const cards = Array.from({ length: 20 }, (_, at) =>
    aCard({
      title: `${at}: ministers agree on a night train network across the continent`,
      summary:
        'Divers counted shoots on three times the area of last spring. Clearer water and a ban on anchoring are thought to have helped the meadows that were lost.',
      url: `https://morning-gazette.example/2026/11/23/world/a-headline-that-is-part-of-the-address-${at}?utm=feed`,
      also: ['Harbour Post', 'Nordblatt', 'City Wire', 'Evening Ledger'],
    }),
  );
  const sections = [{ heading: { kind: 'topic', topic: 'world' } as const, cards: cards.slice(1) }];
  expect((await mailed(aView({ lead: cards[0] ?? null, sections }))).htmlBytes).toBeLessThanOrEqual(40_000);
});

test('the page on the web has nothing of the reader’s own', () => {
  for (const { view } of people) {
    const html = press.page(view);
    for (const own of [view.reader.address, view.links.manage, view.links.unsubscribe, '/less?', '/more?'])
      expect(html).not.toContain(own);
    expect(html).toMatch(/<meta name="robots"\s+content="noindex">/);
  }
});

test.each([
  ['en', 6, 'Next digest: Sunday at 07:00.'],
  ['en', 7, 'Next digest: Monday 30 November at 07:00.'],
  ['de', 7, 'Nächste Ausgabe: Montag, 30. November um 07:00 Uhr.'],
  ['ar', 7, 'النشرة القادمة: الاثنين، 30 نوفمبر في الساعة 07:00.'],
] as const)(
  'says in %s when the next comes in %i days, dated where the weekday is that of today',
  async (language, days, line) => {
    const { text, html } = await mailed(aView({ ...one(), language, nextAt: AT + days * 24 * 3_600_000 }));
    expect(text).toContain(line);
    expect(seen(html)).toContain(line);
  },
);
