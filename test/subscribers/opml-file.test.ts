import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { describe, expect, it } from 'vitest';
import { feedsInOpml } from '../../functions/subscribers/opml.ts';
import { privateSourceId } from '../../functions/subscribers/own-source.ts';
import { callWeb } from '../../infra/local/gateway.ts';
import { atTheChoices, form } from './choices.ts';
import { aSite, multipart, PUBLIC_URL } from './site.ts';

const A = 'https://a.example/feed';
const B = 'https://b.example/rss';

const opml = (...urls: string[]): string =>
  `<?xml version="1.0"?><opml version="2.0"><body>${urls.map((url) => `<outline text="É > E" xmlUrl="${url}"/>`).join('\n')}</body></opml>`;

const file = (content: string | Uint8Array<ArrayBuffer>, name = 'feedly.opml'): File => new File([content], name);

const utf16 = (text: string, bigEndian = false): Uint8Array<ArrayBuffer> => {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
};

const followed = async (at: Awaited<ReturnType<typeof atTheChoices>>) => (await at.stored()).preferences.sources;

/** What stands in the field for addresses. */
const typedIn = (text: string): string => /<textarea id="f-sources"[^>]*>([^<]*)</.exec(text)?.[1] ?? '';

const faultsIn = (text: string): string[] =>
  [...text.matchAll(/<li><a href="#f-\w+">([^<]*)</g)].map(([, fault = '']) => fault);

describe('the OPML file of another reader', () => {
  it('is offered, with no script, by the sign-up page and the page of choices', async () => {
    const at = await atTheChoices();
    for (const path of ['/', at.fresh, at.weak])
      expect((await at.site.get(path)).text).toMatch(
        /<form method="post" action="[^"]*" enctype="multipart\/form-data"[\s\S]*<input id="f-opml" type="file" name="opml" aria-describedby="f-opml-hint">[\s\S]*<\/form>/,
      );
  });

  it('joins what is typed, ticked and pasted; a house source is itself', async () => {
    const at = await atTheChoices();
    const typed = form({ sources: ['labor-beispiel', `c.example/feed\r\n${opml(B)}\r\nd.example`] });
    const { status } = await at.site.upload(at.fresh, typed, file(opml(A, 'https://daily-example.example/feed.xml')));
    expect([status, await followed(at)]).toEqual([
      200,
      [
        'labor-beispiel',
        ...[B, 'https://c.example/feed', 'https://d.example/', A].map(privateSourceId),
        'daily-example',
      ],
    ]);
  });

  it('left out is no file, and all other fields mean what they mean without one', async () => {
    const [one, other] = [await atTheChoices(), await atTheChoices()];
    const wishes = form({ topics: ['world', 'food'], mutes: 'a b\r\nc d', keywords: 'thé, grün', reads: ['en', 'de'] });
    await one.site.post(one.fresh, wishes);
    expect((await other.site.upload(other.fresh, wishes)).status).toBe(200);
    expect((await other.stored()).preferences).toEqual((await one.stored()).preferences);
    const { topics: _, ...unticked } = wishes;
    await other.site.upload(other.fresh, unticked);
    expect((await other.stored()).preferences.topics).toEqual([]);
    const { text } = await other.site.upload('/', { email: 'ada@example', opml: '' });
    expect([faultsIn(text).length, text.includes('Your other feed reader exports one')]).toEqual([1, true]);
  });

  it.each([
    ['with a mark of UTF-8', new TextEncoder().encode(`\ufeff${opml(A)}`)],
    ['in UTF-16, marked', utf16(`\ufeff${opml(A)}`)],
    ['in UTF-16, the other way round', utf16(`\ufeff${opml(A)}`, true)],
    ['in UTF-16 without a mark', utf16(opml(A))],
    ['in UTF-16 without a mark, the other way round', utf16(opml(A), true)],
    ['in Latin-1', new Uint8Array(Buffer.from(opml(A).replace('?>', ' encoding="ISO-8859-1"?>'), 'latin1'))],
    ['in an encoding that nobody knows', opml(A).replace('?>', ' encoding="x-klingon"?>')],
    ['that says UTF-16 and is in UTF-8', opml(A).replace('?>', ' encoding="UTF-16"?>')],
  ])('is read %s', async (_, content) => {
    const at = await atTheChoices();
    expect((await at.site.upload(at.fresh, form({ sources: [] }), file(content))).status).toBe(200);
    expect(await followed(at)).toEqual([privateSourceId(A)]);
  });

  it.each([
    ['a PDF', '%PDF-1.7\n%\u00e2\u00e3\n1 0 obj', 'This is not an OPML file: mine.opml.'],
    ['nothing at all', '', 'There is no feed in this file: mine.opml.'],
    ['folders only', '<opml><body><outline text="News"/></body></opml>', 'There is no feed in this file: mine.opml.'],
    ['more than we read', `${opml(A)}${' '.repeat(600_000)}`, 'This file is too large: mine.opml.'],
    ['a photo', 'x'.repeat(4_500_000), 'This file is too large: mine.opml.'],
  ])('that is %s is refused in words, and the form kept', async (_, content, told) => {
    const at = await atTheChoices();
    const before = await at.stored();
    const typed = form({ sources: ['allgemein', A], keywords: 'tea' });
    const { status, text } = await at.site.upload(at.fresh, typed, file(content, 'mine.opml'));
    expect([status, faultsIn(text)]).toEqual([400, [expect.stringContaining(told)]]);
    expect([typedIn(text), text.includes('value="tea"')]).toEqual([A, true]);
    expect(text).toMatch(/name="opml" aria-invalid="true" aria-describedby="f-opml-fault f-opml-hint"/);
    expect(text).toMatch(/value="allgemein" checked/);
    expect(await at.stored()).toEqual(before);
  });

  it('comes in twos; the good one is kept where the other is not', async () => {
    const at = await atTheChoices();
    await at.site.upload(at.fresh, form({ sources: [] }), file(opml(A)), file(opml(B, A)));
    expect(await followed(at)).toEqual([A, B].map(privateSourceId));
    const { status, text } = await at.site.upload(at.fresh, form({ sources: [] }), file(opml(B)), file('x', 'é<z>'));
    expect([status, typedIn(text)]).toEqual([400, B]);
    expect(text).toContain('This is not an OPML file: é&lt;z&gt;.');
    expect((await at.site.upload(at.fresh, form(), ...Array.from({ length: 6 }, () => file('x')))).status).toBe(400);
  });

  it('with more feeds than one can follow is told so as pasting is, and the feeds stand in the field to be thinned out', async () => {
    const at = await atTheChoices();
    const urls = Array.from({ length: 51 }, (_, n) => `https://${n}.example/feed`);
    const first = await at.site.upload(at.fresh, form({ sources: [] }), file(opml(...urls)));
    expect([first.status, faultsIn(first.text)]).toEqual([
      400,
      ['Choose at most 50 sources. These are 51: take some out.'],
    ]);
    expect(typedIn(first.text)).toBe(urls.join('\n'));
    expect(first.text).toMatch(/name="sources" rows="12"/);
    expect(first.text).toContain(
      'The feeds of feedly.opml are in the field above now. You need not choose the file again.',
    );
    await at.site.upload(at.fresh, form({ sources: urls.slice(1).join('\r\n') }));
    expect(await followed(at)).toHaveLength(50);
    const far = Array.from({ length: 3000 }, (_, n) => `${n}`);
    const second = await at.site.upload(at.fresh, form({ sources: [] }), file(opml(...far)));
    expect(faultsIn(second.text)).toEqual(['Choose at most 50 sources. These are 3000: take some out.']);
  });

  it('with an address that is none shows which, beside the others', async () => {
    const at = await atTheChoices();
    const { text } = await at.site.upload(at.fresh, form({ sources: [] }), file(opml(A, 'ftp://old.example/rss')));
    expect(faultsIn(text)).toEqual(['This is not the address of a feed: ftp://old.example/rss']);
    expect(typedIn(text)).toBe(`${A}\nftp://old.example/rss`);
  });

  it('is read by a sign-up, kept by what it lists where the address was wrong, and by the form that asks once more', async () => {
    const site = await aSite();
    const refused = await site.upload('/', { email: 'ada@example' }, file(opml(A, B)));
    expect([refused.status, typedIn(refused.text)]).toEqual([400, `${A}\n${B}`]);
    expect(refused.text).toMatch(/<details class="fold" open><summary><span class="title">Sources/);
    expect((await site.upload('/', { email: 'ada@example.com' }, file('x'))).status).toBe(400);
    const taken = await site.upload('/', { email: 'ada@example.com' }, file(opml(A, B)));
    expect(taken.status).toBe(200);
    expect(taken.text).toMatch(/<form method="post" action="\/" enctype="multipart\/form-data"/);
    for (const url of [A, B]) expect(taken.text).toContain(`<input type="hidden" name="sources" value="${url}">`);
    expect((await site.byAddress('ada@example.com'))?.preferences.sources).toEqual([A, B].map(privateSourceId));
  });

  it('counts for the example of the form, and is refused there like anywhere', async () => {
    const wishes: unknown[] = [];
    const site = await aSite({
      example: async ({ sources }) => {
        wishes.push(sources);
        return '<p>mail</p>';
      },
    });
    await site.upload('/example', {}, file(opml(A, 'https://daily-example.example/feed.xml')));
    expect(wishes).toEqual([['daily-example']]);
    const at = await atTheChoices();
    for (const refused of [
      await site.upload('/example', {}, file('x')),
      await at.site.upload(`${at.fresh}/example`, form(), file('x')),
    ])
      expect([refused.status, faultsIn(refused.text).length]).toEqual([400, 1]);
  });
});

describe('a form with a file', () => {
  it('comes from API Gateway in base64, byte for byte', async () => {
    const at = await atTheChoices();
    const body = multipart(form({ sources: [], mutes: 'é ü' }), [file(utf16(`\ufeff${opml(A)}`))]);
    const request = new Request(PUBLIC_URL, { method: 'POST', body });
    const seen: unknown[] = [];
    const web = handle(at.site.app);
    const answer = await callWeb(
      {
        name: 'web',
        timeoutSeconds: 5,
        handler: (event) => {
          seen.push(event);
          return web(event as LambdaEvent);
        },
      },
      {
        method: 'POST',
        target: at.fresh,
        headers: { host: 'news.example', 'content-type': request.headers.get('content-type') ?? '' },
        sourceIp: '127.0.0.1',
        body: await request.bytes(),
      },
      at.site.clock.now(),
    );
    expect([seen, answer.status]).toMatchObject([[{ isBase64Encoded: true }], 200]);
    const { preferences } = await at.stored();
    expect([preferences.sources, preferences.mutes]).toEqual([[privateSourceId(A)], [{ kind: 'words', words: 'é ü' }]]);
  });

  it('is refused from another site, like every form', async () => {
    const at = await atTheChoices();
    const body = multipart(form(), [file(opml(A))]);
    const headers = { origin: 'https://evil.example' };
    expect((await at.site.app.request(at.fresh, { method: 'POST', body, headers })).status).toBe(403);
  });

  it('may be large where a file may be, in its file and its sources only', async () => {
    const at = await atTheChoices();
    const status = async (path: string, fields: Record<string, string>, ...files: File[]) =>
      (await at.site.upload(path, fields, ...files)).status;
    const large = file(`${opml(A)}${' '.repeat(100_000)}`);
    expect(await status('/', { email: 'ada@example.com' }, large)).toBe(200);
    expect(await status('/link', { email: 'ada@example.com' }, large)).toBe(413);
    expect(await status(`${at.fresh}/address`, { email: 'b@example.com' }, large)).toBe(413);
    expect(await status('/', { email: 'ada@example.com', keywords: 'x'.repeat(17_000) })).toBe(413);
    expect(await status('/', { email: 'ada@example.com' }, file('x'.repeat(4_800_000)))).toBe(413);
  });

  it('takes a whole list pasted; of too much text it keeps all but that', async () => {
    const at = await atTheChoices();
    const pasted = opml(...Array.from({ length: 200 }, () => A)) + ' '.repeat(50_000);
    expect((await at.site.upload(at.fresh, form({ sources: pasted }))).status).toBe(200);
    const typed = form({ sources: ['allgemein', 'x'.repeat(600_000)], keywords: 'tea' });
    const { status, text } = await at.site.upload(at.fresh, typed);
    expect([status, faultsIn(text)]).toEqual([400, [expect.stringContaining('This is more text than we can take.')]]);
    expect([typedIn(text), text.includes('value="tea"')]).toEqual(['', true]);
    expect(text).toMatch(/value="allgemein" checked/);
  });

  it('made to take long takes no longer than others, and no page grows beyond what Lambda answers', async () => {
    const at = await atTheChoices();
    const hostile = ['<outline '.repeat(58_000), `<outline ${'xmlUrl = '.repeat(55_000)}`, '<opml'.repeat(100_000)];
    for (const content of hostile) await at.site.upload(at.fresh, form(), file(content));
    // ten times as long: what grows by the square meets the limit of all tests
    expect(feedsInOpml('<outline '.repeat(580_000))).toEqual([]);
    const { text } = await at.site.upload(at.fresh, form({ sources: '"'.repeat(500_000) }));
    expect(text.length).toBeLessThan(5_000_000);
  });
});
