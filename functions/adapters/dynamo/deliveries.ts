import { type DeliveryState, delivery } from '../../model/delivery.ts';
import type { Instant } from '../../model/time.ts';
import type { Deliveries } from '../../ports.ts';
import { ABSENT, both, type Condition, PRESENT } from './condition.ts';
import { fromDeliveryRow, STATE_ATTRIBUTES, stateRow, toDeliveryRow } from './delivery-row.ts';
import type { Change, OpenTable } from './open-table.ts';
import type { ReadPage } from './read-page.ts';
import { KEYS, type Row } from './table.ts';

/** Nobody has settled it: the claim still stands. */
const CLAIMED: Condition = {
  expression: '#kind = :claimed',
  names: { '#kind': 'kind' },
  values: { ':claimed': { S: 'claimed' } },
};

/** The claim that stands is this attempt's, not a later one. */
const claimedAs = (attempt: 1 | 2): Condition => ({
  expression: `${CLAIMED.expression} AND #attempt = :before`,
  names: { ...CLAIMED.names, '#attempt': 'attempt' },
  values: { ...CLAIMED.values, ':before': { N: String(attempt) } },
});

/** No SES event was seen of it. */
const UNPROVEN: Condition = { expression: 'attribute_not_exists(evidenceAt)' };

/** The first attempt may be made again, or taken back: nobody settled it and nothing proves that SES took the mail. */
const FIRST_CLAIM_UNPROVEN = both(claimedAs(1), UNPROVEN);

/** Writes a state whole: what the one before had and this one has not is removed. */
const become = (state: DeliveryState, more: Row = {}): Change => {
  const set: Row = { ...stateRow(state), ...more };
  const gone = STATE_ATTRIBUTES.filter((name) => !(name in set));
  const sets = Object.keys(set).map((name) => `#${name} = :${name}`);
  return {
    expression: `SET ${sets.join(', ')} REMOVE ${gone.map((name) => `#${name}`).join(', ')}`,
    names: Object.fromEntries([...Object.keys(set), ...gone].map((name) => [`#${name}`, name])),
    values: Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
  };
};

const firstEvidence = (at: Instant): Change => ({
  expression: 'SET evidenceAt = if_not_exists(evidenceAt, :at)',
  values: { ':at': { N: String(at) } },
});

/** The ledger: one row a digest, claimed by its first put. */
export const createDeliveries = (table: OpenTable, readPage: ReadPage): Deliveries => ({
  async claim(entry) {
    if (await table.put(toDeliveryRow(delivery.parse(entry)), ABSENT)) return { kind: 'claimed' };
    const there = await table.get(KEYS.delivery(entry.subscriber, entry.period), true);
    if (!there) throw new Error('a delivery vanished between a refused claim and the look at it');
    return { kind: 'exists', delivery: fromDeliveryRow(there) };
  },

  settle: (subscriber, period, attempt, state) =>
    table.update(KEYS.delivery(subscriber, period), become(state), claimedAs(attempt)),

  reclaim: (entry) => table.put(toDeliveryRow(delivery.parse(entry)), FIRST_CLAIM_UNPROVEN),

  release: (subscriber, period) => table.remove(KEYS.delivery(subscriber, period), FIRST_CLAIM_UNPROVEN),

  async byPeriod(subscriber, period) {
    const row = await table.get(KEYS.delivery(subscriber, period), true);
    return row && fromDeliveryRow(row);
  },

  async last(subscriber, count) {
    const rows = await table.rows({ pk: subscriber, backwards: true, limit: count });
    return readPage(rows, fromDeliveryRow);
  },

  async between(subscriber, from, to) {
    // '~' sorts after every kind of period
    const rows = await table.rows({ pk: subscriber, from, to: `${to}~` });
    return readPage(rows, fromDeliveryRow);
  },

  async evidence(subscriber, period, at, messageId) {
    const key = KEYS.delivery(subscriber, period);
    // nearly every event finds its delivery settled: half a read unit then, and no write
    if ((await table.get(key))?.kind?.S === 'sent') return true;
    const sent = become({ kind: 'sent', at, messageId }, { evidenceAt: { N: String(at) } });
    if (await table.update(key, sent, CLAIMED)) return true;
    const kind = (await table.get(key, true))?.kind?.S;
    if (kind === undefined) return false;
    return kind === 'sent' || table.update(key, firstEvidence(at), PRESENT);
  },
});
