import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { createPress } from '../../../functions/digest/press/press.ts';
import { quotedPrintable } from '../../../functions/digest/press/quoted-printable.ts';
import { AT, aCard, aView, BRAND, ENVELOPE } from './views.ts';

const head = (raw: string): string => raw.split('\r\n\r\n')[0] ?? '';
const names = (raw: string): string[] =>
  head(raw)
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n')
    .map((line) => line.split(':')[0] ?? '');

const DIGEST_HEADERS = [
  'From',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'List-Id',
  'Precedence',
  'X-Broadsheet-Delivery',
  'Auto-Submitted',
  'MIME-Version',
  'Content-Type',
];

const press = createPress(BRAND);
const withTitle = (title: string) => press.digest(aView({ lead: aCard({ title }) }), ENVELOPE);

test('a digest has its own headers, each once', () => {
  expect(names(withTitle('Rain').raw)).toEqual(DIGEST_HEADERS);
  expect(head(withTitle('Rain').raw)).toContain(`List-Unsubscribe: <${ENVELOPE.unsubscribe}>\r\n`);
});

test('a digest says where it is from, when, and how to leave with one click', () => {
  const lines = head(withTitle('Rain').raw)
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      `Date: ${new Date(ENVELOPE.date).toUTCString().replace('GMT', '+0000')}`,
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      expect.stringMatching(/^List-Id: .*<digest\.[a-z.-]+>$/),
      'Precedence: list',
      'Auto-Submitted: auto-generated',
    ]),
  );
  // https alone: no inbound mail is read; in one line, which DKIM signers and one-click readers expect
  expect(head(withTitle('Rain').raw)).toMatch(/\r\nList-Unsubscribe: <https:\/\/[^\r\n]+>\r\n(?! )/);
});

test('a digest of an operator who takes mail can be left by mail as well, by the same token; https stays first', () => {
  const inbound = createPress({ ...BRAND, inbound: 'in.news.example' });
  const unsubscribe = 'https://news.example/u/1uAbC_-9';
  const [mine, theirs] = [inbound, press].map((each) => each.digest(aView({}), { ...ENVELOPE, unsubscribe }).raw);
  const line = `List-Unsubscribe: <${unsubscribe}>, <mailto:stop+1uAbC_-9@in.news.example>`;
  expect(head(mine ?? '').split('\r\n')).toContain(line);
  // nothing else is different, and all of it where no mail is taken is as it was
  expect(mine?.replace(', <mailto:stop+1uAbC_-9@in.news.example>', '')).toBe(theirs);
  expect(() => createPress({ ...BRAND, inbound: 'in.news.example>\r\nBcc: x' })).toThrow();
});

test('an answer to a mail says that it is one, so that no machine answers it', () => {
  const letter = { kind: 'confirm', language: 'en', link: 'https://b.example/c/1', hours: 48 } as const;
  const lineOf = (reply: boolean) =>
    /Auto-Submitted: .*/.exec(press.letter(letter, { to: 'a@b.example', date: AT, reply }).raw)?.[0];
  expect([lineOf(true), lineOf(false)]).toEqual(['Auto-Submitted: auto-replied', 'Auto-Submitted: auto-generated']);
});

test('a reader with an international domain has mail too', () => {
  const to = 'Ada@Bücher.example';
  const { raw } = press.letter(
    { kind: 'manage', language: 'en', link: 'https://b.example/m/1', hours: 1 },
    { to, date: AT },
  );
  for (const mail of [raw, press.digest(aView({}), { ...ENVELOPE, to }).raw])
    expect(head(mail)).toContain('To: <Ada@xn--bcher-kva.example>\r\n');
});

test('a letter has no list headers', () => {
  const { raw } = press.letter(
    { kind: 'manage', language: 'en', link: 'https://b.example/m/1', hours: 1 },
    { to: 'a@b.example', date: AT },
  );
  expect(names(raw).filter((name) => /^List|Delivery|Precedence/.test(name))).toEqual([]);
  expect(names(raw)).toContain('Auto-Submitted');
});

describe('header injection', () => {
  test.each([
    'Rain\r\nBcc: x@evil.example',
    'Rain\n\nbody',
    'Rain\r\n\tX: y',
    '=?utf-8?Q?Rain=0D=0ABcc:_x?=',
    'Rain\u2028Bcc: x',
  ])('by the title %j', async (title) => {
    const { raw, subject } = withTitle(title);
    expect(names(raw)).toEqual(DIGEST_HEADERS);
    expect((await PostalMime.parse(raw)).subject).toBe(subject);
  });

  test('by the brand’s name', () => {
    const evil = createPress({ ...BRAND, name: 'News" <x@evil.example>\r\nBcc: y@evil.example' });
    expect(names(evil.digest(aView({ lead: aCard({}) }), ENVELOPE).raw)).toEqual(DIGEST_HEADERS);
  });

  test.each(['a@b.example\r\nBcc: x@evil.example', 'a b@c.example', 'ä@b.example'])(
    'by the address %j: refused',
    (to) => {
      expect(() => press.digest(aView({ lead: aCard({}) }), { ...ENVELOPE, to })).toThrow('header');
    },
  );
});

test('any title comes back as the subject, and its words in both parts', async () => {
  const title = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }).filter((text) => text.trim() !== '');
  await fc.assert(
    fc.asyncProperty(title, async (text) => {
      const { raw, subject } = withTitle(text);
      const lines = Buffer.from(raw).toString('latin1').split('\r\n');
      expect(lines.every((line) => line.length <= 998 && /^[\x20-\x7e]*$/.test(line))).toBe(true);
      expect(lines.slice(0, lines.indexOf('')).every((line) => line.length <= 90)).toBe(true);
      expect((await PostalMime.parse(raw)).subject).toBe(subject.trim());
    }),
    { numRuns: 150 },
  );
});

test('quoted-printable comes back whole, in lines of at most 76', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 400 }), async (text) => {
      const plain = text.replace(/[\r\n]+/g, '\n');
      const encoded = quotedPrintable(plain);
      expect(Math.max(...encoded.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76);
      const mail = `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${encoded}\r\n`;
      expect((await PostalMime.parse(mail)).text?.trimEnd()).toBe(plain.trimEnd());
    }),
    { numRuns: 150 },
  );
});

test('encoded words keep characters whole', () => {
  const raw = head(withTitle('👩🏽‍🚀 '.repeat(12)).raw);
  for (const [, word = ''] of raw.matchAll(/=\?utf-8\?B\?([^?]*)\?=/g)) {
    expect(Buffer.from(word, 'base64').toString()).not.toContain('\ufffd');
    expect(word.length + 12).toBeLessThanOrEqual(75);
  }
});
