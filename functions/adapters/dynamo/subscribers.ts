import { cohortId, cohortOf, shardOf } from '../../model/cohort.ts';
import { type Subscriber, type SubscriberId, subscriber, subscriberId } from '../../model/subscriber.ts';
import type { Subscribers } from '../../ports.ts';
import { ABSENT, type Condition, either } from './condition.ts';
import type { OpenTable } from './open-table.ts';
import type { ReadPage } from './read-page.ts';
import { BY_COHORT, docOf, KEYS, parseRow, type Row, readDoc } from './table.ts';

/** The address is this subscriber's. */
const belongsTo = (id: SubscriberId): Condition => ({
  expression: 'belongsTo = :id',
  values: { ':id': { S: id } },
});

/** Nobody saved since the version that this one was made from. */
const savedAs = (version: number): Condition =>
  version === 0
    ? ABSENT
    : {
        expression: '#version = :version',
        names: { '#version': 'version' },
        values: { ':version': { N: String(version) } },
      };

/** Who gets mail stands in the index; an absent attribute keeps everybody else out of it. */
const indexed = ({ id, status, preferences }: Subscriber): Row =>
  status.kind === 'active' || status.kind === 'paused'
    ? { cohort: { S: KEYS.cohortShard(cohortId(cohortOf(preferences)), shardOf(id)) } }
    : {};

/** A subscriber as a row: what a save writes, and what a bulk import may. */
export const subscriberRow = (next: Subscriber): Row => ({
  ...KEYS.subscriber(next.id),
  ...indexed(next),
  version: { N: String(next.version) },
  ...docOf(subscriber.parse(next)),
});

/** The row that says whose an address is. */
export const addressRow = (addressKey: string, id: SubscriberId): Row => ({
  ...KEYS.address(addressKey),
  belongsTo: { S: id },
});

const read = (row: Row): Subscriber => readDoc(subscriber, row);

/** Subscribers and the addresses they hold. */
export const createSubscribers = (table: OpenTable, readPage: ReadPage): Subscribers => ({
  async byId(id) {
    const row = await table.get(KEYS.subscriber(id), true);
    return row && read(row);
  },

  async idOfAddress(addressKey) {
    const row = await table.get(KEYS.address(addressKey), true);
    return row && parseRow(subscriberId, row, row.belongsTo?.S);
  },

  claimAddress: (addressKey, id) => table.put(addressRow(addressKey, id), either(ABSENT, belongsTo(id))),

  async releaseAddress(addressKey, id) {
    await table.remove(KEYS.address(addressKey), belongsTo(id));
  },

  save: (next) => table.put(subscriberRow(next), savedAs(next.version - 1)),

  async delete(id) {
    await table.remove(KEYS.subscriber(id));
  },

  forget: ({ id, version }) => table.remove(KEYS.subscriber(id), savedAs(version)),

  async *ofCohort(cohort, shard, after = '') {
    const { pk } = KEYS.subscriber(after);
    const pages = table.indexPages(BY_COHORT, 'cohort', KEYS.cohortShard(cohort, shard), pk?.S ?? '');
    for await (const rows of pages) yield readPage(rows, read);
  },

  async *scan(part) {
    for await (const rows of table.scan(KEYS.subscriber('').pk?.S ?? '', part)) yield readPage(rows, read);
  },

  async *addresses() {
    const prefix = KEYS.address('').pk?.S ?? '';
    for await (const rows of table.scan(prefix)) {
      yield readPage(rows, (row) => ({
        addressKey: row.pk?.S?.slice(prefix.length) ?? '',
        id: parseRow(subscriberId, row, row.belongsTo?.S),
      }));
    }
  },
});
