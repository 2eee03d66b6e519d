import { type Cohort, type CohortKey, cohort, cohortId } from '../../model/cohort.ts';
import { keywordKey } from '../../model/keyword.ts';
import { type Instant, instant } from '../../model/time.ts';
import type { Cohorts, Follow } from '../../ports.ts';
import { both, type Condition, PRESENT } from './condition.ts';
import type { Change, OpenTable } from './open-table.ts';
import type { ReadPage } from './read-page.ts';
import { BrokenRow, KEYS, parseRow, type Row } from './table.ts';

const N = (n: number): Row[string] => ({ N: String(n) });

/** Planning only ever moves forward: a late or repeated tick takes nothing back. */
const notAfter = (attribute: 'plannedAt' | 'tickAt', at: Instant): Condition => ({
  expression: `attribute_not_exists(${attribute}) OR ${attribute} <= :at`,
  values: { ':at': N(at) },
});

/** Noted idle so long ago. */
const idleSince = (at: Instant): Condition => ({ expression: 'idleSinceAt <= :before', values: { ':before': N(at) } });

/** These very shards are noted: nobody registered in the cohort since, for that takes the note away. */
const idleShards = (shards: string): Condition => ({
  expression: 'idleShards = :idle',
  values: { ':idle': { S: shards } },
});

const NOT_IDLE: Change = { expression: 'REMOVE idleShards, idleSinceAt' };

const listed = (shards: readonly number[]): string => [...shards].sort((a, b) => a - b).join();

const number = (value: Row[string] | undefined): number | undefined =>
  value?.N === undefined ? undefined : Number(value.N);

const numbers = (list: string): number[] => list.split(',').map(Number);

const idleOf = ({ idleShards: shards, idleSinceAt }: Row): Cohort['idle'] =>
  shards?.S && idleSinceAt ? { shards: numbers(shards.S), sinceAt: Number(idleSinceAt.N) } : undefined;

const restoredOf = ({ restoredShards: shards, restoredAt }: Row): Cohort['restored'] =>
  shards?.S && restoredAt ? { shards: numbers(shards.S), at: Number(restoredAt.N) } : undefined;

const keyIn = (row: Row): object => {
  try {
    return JSON.parse(row.key?.S ?? '{}');
  } catch {
    throw new BrokenRow(row, 'key is no JSON');
  }
};

/** The used shards are a number set: two sign-ups at one time both `ADD` theirs, and neither is lost. */
const readCohort = (row: Row): Cohort =>
  parseRow(cohort, row, {
    ...keyIn(row),
    v: number(row.v),
    id: row.sk?.S,
    shards: (row.shards?.NS ?? []).map(Number).sort((a, b) => a - b),
    registeredAt: number(row.registeredAt),
    plannedAt: number(row.plannedAt),
    idle: idleOf(row),
    restored: restoredOf(row),
  });

/** The row of a cohort whose readers came all at once; a sign-up adds its shard to whatever is there. */
export const cohortRow = (key: CohortKey, shards: readonly number[], registeredAt: Instant): Row => ({
  ...KEYS.cohort(cohortId(key)),
  v: N(1),
  key: { S: JSON.stringify(key) },
  shards: { NS: shards.map(String) },
  registeredAt: N(registeredAt),
});

const readFollow = ({ sk, idleSinceAt }: Row): Follow => {
  const [kind = '', what = ''] = (sk?.S ?? '').split(/#(.*)/s);
  const follow: Follow = { kind: kind === 'source' ? 'source' : 'keyword', what };
  return idleSinceAt ? { ...follow, idleSinceAt: Number(idleSinceAt.N) } : follow;
};

/** Adds shards to a cohort, known or not; `more` is set besides. */
const registering = (key: CohortKey, shards: readonly number[], at: Instant, more = '') => ({
  expression: `ADD shards :shards SET v = :v, #key = :key, registeredAt = if_not_exists(registeredAt, :at)${more} ${NOT_IDLE.expression}`,
  names: { '#key': 'key' },
  values: { ':shards': { NS: shards.map(String) }, ':v': N(1), ':key': { S: JSON.stringify(key) }, ':at': N(at) },
});

/** One row a cohort: its shards, how far it is planned, and what the census found idle. */
const cohortRows = (
  table: OpenTable,
  readPage: ReadPage,
): Pick<Cohorts, 'register' | 'restore' | 'all' | 'planned' | 'noteIdle' | 'retire'> => ({
  async register(key, shard, at) {
    await table.update(KEYS.cohort(cohortId(key)), registering(key, [shard], at));
  },

  async restore(key, shards, at) {
    const change = registering(key, shards, at, ', restoredShards = :restored, restoredAt = :at');
    const values = { ...change.values, ':restored': { S: listed(shards) } };
    await table.update(KEYS.cohort(cohortId(key)), { ...change, values });
  },

  async all() {
    return readPage(await table.rows({ pk: KEYS.cohorts, consistent: true }), readCohort);
  },

  async planned(id, at) {
    await table.update(
      KEYS.cohort(id),
      { expression: 'SET plannedAt = :at' },
      both(PRESENT, notAfter('plannedAt', at)),
    );
  },

  async noteIdle(id, shards, at) {
    const idle = listed(shards);
    const other: Condition = {
      expression: 'attribute_not_exists(idleShards) OR idleShards <> :idle',
      values: { ':idle': { S: idle } },
    };
    if (idle === '') await table.update(KEYS.cohort(id), NOT_IDLE, PRESENT);
    else
      await table.update(
        KEYS.cohort(id),
        { expression: 'SET idleShards = :idle, idleSinceAt = :at', values: { ':at': N(at) } },
        both(PRESENT, other),
      );
  },

  async retire(id, shards, at) {
    const row = await table.get(KEYS.cohort(id), true);
    if (!row) return false;
    const still = both(idleShards(listed(shards)), idleSince(at));
    const left = readCohort(row).shards.length - shards.length;
    if (left === 0) return table.remove(KEYS.cohort(id), still);
    const gone: Change = {
      expression: `DELETE shards :gone ${NOT_IDLE.expression}`,
      values: { ':gone': { NS: shards.map(String) } },
    };
    return table.update(KEYS.cohort(id), gone, still);
  },
});

/** One row for each source and keyword that somebody follows. */
const followRows = (
  table: OpenTable,
): Pick<Cohorts, 'follow' | 'followed' | 'follows' | 'noteUnfollowed' | 'unfollow'> => {
  const follows = async (): Promise<Follow[]> => (await table.rows({ pk: KEYS.followed })).map(readFollow);

  return {
    async follow({ sources, keywords }) {
      // whole rows: a note of the census is gone with the row it stood in
      await table.putAll([
        ...sources.map((id) => KEYS.follow('source', id)),
        ...keywords.map((words) => KEYS.follow('keyword', words)),
      ]);
    },

    async followed() {
      const all = await follows();
      const of = (wanted: Follow['kind']) => all.filter(({ kind }) => kind === wanted).map(({ what }) => what);
      return { sources: of('source'), keywords: [...new Set(of('keyword').map(keywordKey))] };
    },

    follows,

    async noteUnfollowed({ kind, what }, at) {
      const first = { expression: 'SET idleSinceAt = if_not_exists(idleSinceAt, :at)', values: { ':at': N(at) } };
      await table.update(KEYS.follow(kind, what), first, PRESENT);
    },

    unfollow: ({ kind, what }, at) => table.remove(KEYS.follow(kind, what), idleSince(at)),
  };
};

/** One row for all: when the planner last looked. */
const tickRow = (table: OpenTable): Pick<Cohorts, 'lastTick' | 'ticked'> => ({
  async lastTick() {
    const [row] = await table.rows({ pk: KEYS.planner.pk.S ?? '', consistent: true });
    if (!row) return undefined;
    const resumedFromAt = number(row.resumedFromAt);
    const at = parseRow(instant, row, number(row.tickAt));
    return resumedFromAt === undefined ? { at } : { at, resumedFromAt };
  },

  async ticked({ at, resumedFromAt }) {
    const resumed = resumedFromAt === undefined ? {} : { ':from': N(resumedFromAt) };
    const set = resumedFromAt === undefined ? 'SET tickAt = :at' : 'SET tickAt = :at, resumedFromAt = :from';
    await table.update(KEYS.planner, { expression: set, values: resumed }, notAfter('tickAt', at));
  },
});

/** The registry of cohorts, and what is followed: one item each, so that no item grows with the number of readers. */
export const createCohorts = (table: OpenTable, readPage: ReadPage): Cohorts => ({
  ...cohortRows(table, readPage),
  ...followRows(table),
  ...tickRow(table),
});
