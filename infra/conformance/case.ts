import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';

/** One line of conformance.json. Excluded cases count in `total` and are neither passed nor failed. */
export interface GroupResult {
  group: string;
  total: number;
  passed: number;
  failed: string[];
  excluded: { id: string; why: string }[];
}

/** A case's id and whether the product did what the kit expects of it. */
export interface Judged {
  id: string;
  ok: boolean;
}

/** A reason for not holding the product to a case, and the ids it is about. */
export interface Exclusion {
  ids: RegExp;
  why: string;
}

/** Exclusions are for oddities: at most this share of a group. */
const MOST_EXCLUDED = 0.02;

/** The result of a group. A failed case is excluded if it has a stated reason, until the share of exclusions is used up. */
export const resultOf = (
  group: string,
  cases: readonly Judged[],
  exclusions: readonly Exclusion[] = [],
): GroupResult => {
  const room = Math.floor(cases.length * MOST_EXCLUDED);
  const failed = cases.filter(({ ok }) => !ok).map(({ id }) => id);
  const excluded = failed
    .flatMap((id) => {
      const reason = exclusions.find(({ ids }) => ids.test(id));
      return reason ? [{ id, why: reason.why }] : [];
    })
    .slice(0, room);
  const out = new Set(excluded.map(({ id }) => id));
  const left = failed.filter((id) => !out.has(id));
  return { group, total: cases.length, passed: cases.length - failed.length, failed: left, excluded };
};

/** Shares that must pass where others' suites and a mail's needs differ; everywhere else all must, exclusions aside. */
const BARS: Readonly<Record<string, number>> = { 'feeds/feedparser': 0.95, 'feeds/gofeed': 0.88 };

/** Whether a group is as good as it must be. */
export const meetsBar = ({ group, total, passed, failed }: GroupResult): boolean =>
  failed.length === 0 || passed >= total * (BARS[group] ?? 1);

/** Reads and checks a JSON file of the kit; what the runner needs of it must be there. */
export const readKit = async <T>(schema: z.ZodType<T>, kit: string, ...path: readonly string[]): Promise<T> =>
  schema.parse(JSON.parse(await readFile(join(kit, ...path), 'utf8')));
