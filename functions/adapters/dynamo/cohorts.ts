import { type Cohort, cohort, cohortId } from '../../model/cohort.ts';
import type { Instant } from '../../model/time.ts';
import type { Cohorts } from '../../ports.ts';
import { both, type Condition, PRESENT } from './condition.ts';
import type { OpenTable } from './open-table.ts';
import type { ReadPage } from './read-page.ts';
import { KEYS, parseRow, type Row } from './table.ts';

/** Planning only ever moves forward: a late or repeated tick takes nothing back. */
const plannedBefore = (at: Instant): Condition => ({
  expression: 'attribute_not_exists(plannedAt) OR plannedAt < :at',
  values: { ':at': { N: String(at) } },
});

const number = (value: Row[string] | undefined): number | undefined =>
  value?.N === undefined ? undefined : Number(value.N);

/** The used shards are a number set: two sign-ups at one time both `ADD` theirs, and neither is lost. */
const readCohort = (row: Row): Cohort =>
  parseRow(cohort, row, {
    ...JSON.parse(row.key?.S ?? '{}'),
    v: number(row.v),
    id: row.sk?.S,
    shards: (row.shards?.NS ?? []).map(Number).sort((a, b) => a - b),
    registeredAt: number(row.registeredAt),
    plannedAt: number(row.plannedAt),
  });

/** The registry of cohorts, and what is followed: one item each, so that no item grows with the number of readers. */
export const createCohorts = (table: OpenTable, readPage: ReadPage): Cohorts => ({
  async register(key, shard, at) {
    await table.update(KEYS.cohort(cohortId(key)), {
      expression: 'ADD shards :shard SET v = :v, #key = :key, registeredAt = if_not_exists(registeredAt, :at)',
      names: { '#key': 'key' },
      values: {
        ':shard': { NS: [String(shard)] },
        ':v': { N: '1' },
        ':key': { S: JSON.stringify(key) },
        ':at': { N: String(at) },
      },
    });
  },

  async all() {
    return readPage(await table.rows({ pk: KEYS.cohorts, consistent: true }), readCohort);
  },

  async planned(id, at) {
    await table.update(KEYS.cohort(id), { expression: 'SET plannedAt = :at' }, both(PRESENT, plannedBefore(at)));
  },

  async follow({ sources, keywords }) {
    await table.putAll([
      ...sources.map((id) => KEYS.follow('source', id)),
      ...keywords.map((words) => KEYS.follow('keyword', words)),
    ]);
  },

  async followed() {
    const found: { sources: string[]; keywords: string[] } = { sources: [], keywords: [] };
    for await (const rows of table.pages({ pk: KEYS.followed })) {
      for (const { sk } of rows) {
        const [kind = '', what = ''] = (sk?.S ?? '').split(/#(.*)/s);
        if (kind === 'source') found.sources.push(what);
        else found.keywords.push(what);
      }
    }
    return found;
  },
});
