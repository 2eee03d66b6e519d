import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { HOUR } from '../../functions/model/time.ts';
import { inventedPerson } from '../../infra/commands/people.ts';
import { readPeople } from '../../infra/day/people.ts';
import { serveSamples } from '../../infra/soak/news.ts';
import { findRepeats } from '../../infra/soak/repeats.ts';
import { soak } from '../../infra/soak/soak.ts';

const MONDAY = Date.UTC(2026, 0, 5);

const tempDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

test('a day of samples: all that is due is settled, one mail each, nothing twice', async () => {
  const { news, stop } = await serveSamples(MONDAY);
  onTestFinished(stop);
  const ids = news.entries.map(({ id }) => id);
  const report = await soak({
    news,
    from: MONDAY,
    days: 1,
    people: readPeople(JSON.stringify(Array.from({ length: 6 }, (_, i) => inventedPerson(i, ids)))),
    newsroomEvery: 6 * HOUR,
    dir: tempDir(),
    progress: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  expect(report).toMatchObject({ due: 6, open: 0, failed: 0, repeats: [], errors: {}, memory: { judged: false } });
  expect(report.mails).toBe(report.sent);
  expect(report.sent).toBeGreaterThan(3);
});

test('what comes twice to one reader is found; an update of an event is none', () => {
  const path = join(tempDir(), 'mailed.jsonl');
  const lines = [
    ['ada', 'ada_1', [['s1', 'u1', 'e1', false]]],
    ['bob', 'bob_1', [['s1', 'u1', 'e1', false]]],
    ['bob', 'bob_1', [['s1', 'u1', 'e1', false]]],
    ['ada', 'ada_2', [['s2', 'u2', 'e1', true]]],
    [
      'ada',
      'ada_3',
      [
        ['s3', 'u1', 'e3', false],
        ['s4', 'u4', 'e1', false],
      ],
    ],
  ];
  for (const line of lines) appendFileSync(path, `${JSON.stringify(line)}\n`);
  expect(findRepeats(path).map(({ delivery, what, id }) => `${delivery} ${what} ${id}`)).toEqual([
    'ada_3 url u1',
    'ada_3 event e1',
  ]);
});

test.each([
  [['--newsroom-minutes', '20'], 2],
  [['--news', 'http://127.0.0.1:9/feeds.json', '--days', '1'], 1],
  [['--help'], 0],
])('npm run soak %j ends with %i', async (argv, code) => {
  const ended = await new Promise<{ code: unknown; stderr: string }>((done) => {
    execFile(process.execPath, ['infra/run.mjs', 'soak', ...argv], (error, _, stderr) =>
      done({ code: error?.code ?? 0, stderr }),
    );
  });
  expect(ended.code).toBe(code);
  expect(ended.stderr.split('\n').length).toBeLessThanOrEqual(2);
});
