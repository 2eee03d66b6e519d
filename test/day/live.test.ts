import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { expect, onTestFinished, test } from 'vitest';
import { iso } from '../../functions/model/time.ts';
import { sampleFeed } from '../../infra/samples/feed.ts';
import { sampleCatalogue } from '../../infra/samples/sources.ts';

const PERSON = { cadence: 'daily', hour: 7, zone: 'Europe/Berlin', topics: ['world', 'sport'], language: 'en' };

const dataDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
};

/** A catalogue of sample feeds with a clock of its own, as newsdays has one. */
const serveNews = async (): Promise<{ url: string; clock: () => number }> => {
  let now = Date.UTC(2026, 0, 1);
  const server = createServer((request, response) => {
    const base = `http://${request.headers.host}`;
    const { pathname, searchParams } = new URL(request.url ?? '/', base);
    if (pathname === '/feeds.json') return response.end(JSON.stringify(sampleCatalogue(base)));
    if (pathname === '/_clock') {
      if (request.method === 'POST') now = Date.parse(searchParams.get('at') ?? '');
      return response.end(JSON.stringify({ now: iso(now) }));
    }
    const feed = sampleFeed(/([^/]+)\.xml$/.exec(pathname)?.[1] ?? '', now);
    response.writeHead(feed ? 200 : 404, { 'content-type': 'application/xml' });
    return response.end(feed);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return { url: `http://127.0.0.1:${port}/feeds.json`, clock: () => now };
};

const day = (argv: string[]): Promise<{ code: number; stderr: string }> =>
  new Promise((done) => {
    execFile(process.execPath, ['infra/run.mjs', 'day', ...argv], (error, _, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, stderr }),
    );
  });

const span = (dir: string, url: string): string[] => [
  ...['--news', url, '--people', join(dir, 'people.json'), '--out', join(dir, 'out')],
  ...['--from', '2026-01-05T06:00:00Z', '--to', '2026-01-05T07:00:00Z'],
];

test('an hour is lived through: everything due is accounted for, and each mail is there', async () => {
  const dir = dataDir();
  const { url, clock } = await serveNews();
  const people = [
    { ...PERSON, email: 'at-the-first@example.com', sources: ['harbour-gazette'], mutes: ['herring'] },
    { ...PERSON, email: 'half-past@example.com', hour: 12, zone: 'Asia/Kolkata', sources: ['*'] },
    { ...PERSON, email: 'too-late@example.com', hour: 8 },
    { ...PERSON, email: 'other-day@example.com', cadence: 'weekly', weekday: 2 },
  ];
  writeFileSync(join(dir, 'people.json'), JSON.stringify(people));
  mkdirSync(join(dir, 'out/mails'), { recursive: true });
  writeFileSync(join(dir, 'out/mails/000099.eml'), 'of an earlier run');
  expect(await day(span(dir, url))).toMatchObject({ code: 0 });

  const report = JSON.parse(readFileSync(join(dir, 'out/report.json'), 'utf8'));
  expect(report).toMatchObject({
    people: 4,
    mails: 6,
    due: 2,
    sent: 2,
    skipped: {},
    failed: {},
    resent: 0,
    unknown: 0,
  });
  expect(report.consumed.table.Deliveries.write).toBeGreaterThan(0);
  expect(report.digests).toMatchObject([
    { reader: 'at-the-first@example.com', period: '2026-01-05_day', sentAt: '2026-01-05T06:00:00Z' },
    { reader: 'half-past@example.com', period: '2026-01-05_day', sentAt: '2026-01-05T06:30:00Z' },
  ]);
  const files = readdirSync(join(dir, 'out/mails'));
  expect(files).toHaveLength(6);
  for (const { reader, mail, subject, stories } of report.digests) {
    const { to, subject: sent, html } = await PostalMime.parse(readFileSync(join(dir, 'out/mails', mail)));
    expect([to?.map(({ address }) => address), sent]).toEqual([[reader], subject]);
    expect(stories.length).toBeGreaterThan(4);
    for (const { url: link } of stories) expect(html).toContain(`href="${link}"`);
  }
  expect(report.digests[0].stories.map(({ title }: { title: string }) => title).join()).not.toMatch(/herring/i);
  expect(iso(clock())).toBe('2026-01-05T06:45:00Z');
});

test('a wrong people file or argument is one line', async () => {
  const dir = dataDir();
  writeFileSync(join(dir, 'people.json'), JSON.stringify([{ ...PERSON, email: 'a@example.com', topics: ['gossip'] }]));
  const [file, argument] = await Promise.all([
    day(span(dir, 'http://127.0.0.1:9/feeds.json')),
    day(['--news', 'http://127.0.0.1:9/feeds.json']),
  ]);
  expect(file).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^day: .*people\.json: \[0\]\.topics\.0 is "gossip": .*\n$/),
  });
  const sources = ['http://127.0.0.1:1/own.xml', 'ftp://127.0.0.1/own.xml'];
  writeFileSync(join(dir, 'people.json'), JSON.stringify([{ ...PERSON, email: 'a@example.com', sources }]));
  expect(await day(span(dir, (await serveNews()).url))).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^day: .*people\.json: \[0\]\.sources\.1 is "ftp:.*": neither a source .* nor a web address \(a@example\.com\)\n$/,
    ),
  });
  expect(argument).toMatchObject({ code: 2, stderr: 'day: --from is missing\n' });
});
