import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { type Exclusion, type GroupResult, readKit, resultOf } from './case.ts';

const SUITES = ['feedparser', 'gofeed'] as const;

/** Where these suites and good sense differ. */
const EXCLUSIONS: readonly Exclusion[] = [
  { ids: /utf[-_]?32|ucs-?4/i, why: 'UTF-32: no feed uses it, and the Encoding standard has no such decoder' },
  { ids: /\/cdf\//, why: 'CDF: a format of 1997 without feeds' },
  { ids: /encoding\/http_text_/, why: 'RFC 3023 has text/xml default to us-ascii; RFC 7303 took that back' },
  {
    ids: /entities\/(rang|lang)\.xml/,
    why: 'HTML 4 and HTML 5 give this reference different characters; HTML 5 is read',
  },
  { ids: /entities\/shy\.xml/, why: 'soft hyphens are taken out, so that words can be compared' },
  { ids: /sanitize\/.*_crazy\.xml/, why: 'wants the text of a script inside a comment that never ends; we drop it' },
  {
    ids: /cdata_escaped_markup|xhtml_escaped_markup/,
    why: 'wants a title with its references unread; ours is plain text',
  },
];

const kitManifest = z.object({
  cases: z.array(
    z.object({
      id: z.string(),
      file: z.string(),
      oracleHolds: z.boolean().optional(),
      expectations: z.array(z.object({ core: z.boolean().optional() })),
    }),
  ),
});

const kitFails = z.array(z.object({ id: z.string() }));

const run = promisify(execFile);

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** The number in the scorer's `unsafe` column for all groups together. */
const unsafeIn = (table: string): number => {
  const total =
    table
      .split('\n')
      .find((line) => line.startsWith('TOTAL'))
      ?.trim()
      .split(/\s+/) ?? [];
  return Number(total.at(-2));
};

/** The kit's own scorer over the product's reader, strictly, and which ids it failed. */
const score = async (kit: string): Promise<{ failed: Set<string>; unsafe: number }> => {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-conformance-'));
  try {
    const fails = join(folder, 'fails.json');
    const adapter = fileURLToPath(new URL('../../test/conformance/feed-adapter.mjs', import.meta.url));
    const scorer = join(kit, 'tools', 'score.mjs');
    const { stdout } = await run(process.execPath, [scorer, kit, adapter, '--strict', '--fails', fails], {
      maxBuffer: 64 * 1024 * 1024,
    });
    const failed = kitFails.parse(JSON.parse(await readFile(fails, 'utf8')));
    return { failed: new Set(failed.map(({ id }) => id)), unsafe: unsafeIn(stdout) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Feeds of others' test suites, judged by the kit's scorer: titles plain, summaries without active markup. */
export const runFeeds = async (kit: string): Promise<GroupResult[]> => {
  const { failed, unsafe } = await score(kit);
  const results: GroupResult[] = [];
  for (const suite of SUITES) {
    const { cases } = await readKit(kitManifest, kit, suite, 'manifest.json');
    const judged = [];
    for (const { id, file, oracleHolds, expectations } of cases) {
      if (oracleHolds === false || !expectations.some(({ core }) => core) || !(await exists(join(kit, file)))) continue;
      judged.push({ id, ok: !failed.has(id) });
    }
    results.push(resultOf(`feeds/${suite}`, judged, EXCLUSIONS));
  }
  return [...results, resultOf('feeds/unsafe', [{ id: `${unsafe} outputs hold active markup`, ok: unsafe === 0 }])];
};
