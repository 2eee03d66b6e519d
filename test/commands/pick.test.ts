import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { TOPICS } from '../../functions/model/topic.ts';

const STORIES = [
  {
    id: 'flood-a',
    title: 'Dam bursts above Ostrava, valley flooded',
    source: 'a.example',
    date: '2026-03-02T08:00:00Z',
  },
  { id: 'flood-b', title: 'Ostrava dam bursts and floods valley', source: 'b.example', ts: 1_772_442_000 },
  { id: 'flood-c', title: 'Valley below Ostrava flooded as dam bursts', source: 'c.example', date: '2026-03-02T09:00' },
  // no zone: UTC, whatever the machine's own is
  { id: 'late', title: 'Goalkeeper scores from his own half', source: 'a.example', date: '2026-03-02T22:30:00' },
  { id: 'lone', title: 'Lighthouse sold to a retired sailor', source: 'b.example', date: '2026-03-02T10:00:00Z' },
  { id: 7, title: 'Undated is sorted and grouped all the same', summary: null },
];

const folder = mkdtempSync(join(tmpdir(), 'pick-'));

const run = (...args: string[]) =>
  spawnSync(process.execPath, ['infra/run.mjs', 'pick', ...args], {
    encoding: 'utf8',
    timeout: 300_000,
    env: { ...process.env, TZ: 'America/New_York' },
  });

const written = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
};

const rows = (out: string, name: string): Record<string, unknown>[] =>
  readFileSync(join(out, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const FILE = written(
  'stories.jsonl',
  STORIES.map((story) => JSON.stringify(story)),
);

it('every story gets a topic and a cluster, and each day its top events as they stood at 22:00 UTC', () => {
  const out = join(folder, 'all');
  expect(run('--stories', FILE, '--out', out)).toMatchObject({ status: 0, stderr: '' });
  const ids = STORIES.map(({ id }) => String(id)).sort();
  const topics = rows(out, 'topics');
  expect(topics.map(({ id }) => id).sort()).toEqual(ids);
  expect(topics.every(({ topic }) => TOPICS.some((known) => known === topic))).toBe(true);
  const clusters = new Map(rows(out, 'clusters').map(({ id, cluster }) => [id, cluster]));
  expect([...clusters.keys()].sort()).toEqual(ids);
  expect(new Set(['flood-a', 'flood-b', 'flood-c'].map((id) => clusters.get(id))).size).toBe(1);
  expect(clusters.get('lone')).not.toBe(clusters.get('flood-a'));
  expect(rows(out, 'top')).toEqual([
    { day: '2026-03-02', ranked: [expect.arrayContaining(['flood-a', 'flood-b', 'flood-c']), ['lone']] },
  ]);
});

it('--asof judges one day, and what is seen later does not count', () => {
  const out = join(folder, 'asof');
  expect(run('--stories', FILE, '--out', out, '--asof', '2026-03-02T08:30:00')).toMatchObject({
    status: 0,
    stderr: '',
  });
  expect(rows(out, 'top')).toEqual([{ day: '2026-03-02', ranked: [['flood-a']] }]);
});

it('tells in a line what is wrong', () => {
  const out = join(folder, 'wrong');
  const bad = written('bad.jsonl', ['{"id":"a","title":"A"}', '{"id":"b"}']);
  expect(run('--stories', bad, '--out', out)).toMatchObject({ status: 1, stdout: '' });
  expect(run('--stories', bad, '--out', out).stderr).toMatch(/^pick: .*bad\.jsonl:2: not a story: .*\n$/);
  expect(run('--stories', join(folder, 'none.jsonl'), '--out', out)).toMatchObject({ status: 1, stdout: '' });
  expect(run('--stories', FILE, '--out', out, '--asof', 'noon')).toMatchObject({
    status: 2,
    stderr: 'pick: --asof noon: an instant as 2026-01-05T22:00:00Z\n',
  });
});

it('a byte order mark is no part of the first story', () => {
  const out = join(folder, 'marked');
  const { status } = run('--stories', written('marked.jsonl', [`\uFEFF${JSON.stringify(STORIES[0])}`]), '--out', out);
  expect(status).toBe(0);
  expect(rows(out, 'topics')).toHaveLength(1);
});

const faults: [what: string, line: object, told: string][] = [
  ['without a title', { id: 1 }, 'title: Invalid input: expected string, received undefined'],
  [
    'of a time that no date can hold',
    { id: 1, title: 'a', ts: 1e20 },
    'ts: Too big: expected number to be <=8640000000000',
  ],
];

it.each(faults)('a story %s is refused by its line and field', (_, line, told) => {
  const file = written('fault.jsonl', [JSON.stringify(line)]);
  const { status, stderr } = run('--stories', file, '--out', folder);
  expect({ status, stderr }).toEqual({ status: 1, stderr: `pick: ${file}:1: not a story: ${told}\n` });
});

it('a model that is none is refused by its name', () => {
  const model = written('model.json', ['{"v":2}']);
  const { status, stderr } = run('--stories', FILE, '--out', folder, '--model', model);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^pick: --model .*model\.json: no weights file of this version .*: v: Invalid input: .*\n$/);
});

// folder.ts: Node's recursive mkdir never comes back from below /proc
it('a folder where nobody can make one is refused in one line', () => {
  const { status, stderr } = run('--stories', FILE, '--out', '/proc/x/y');
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^pick: [^\n]*'\/proc\/x'\n$/)]);
});
