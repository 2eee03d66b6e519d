import { createHash, createHmac, randomInt } from 'node:crypto';
import * as z from 'zod';
import { brake } from '../../model/brake.ts';
import { budget } from '../../model/budget.ts';
import { evidenceWindow } from '../../model/evidence.ts';
import { DAY } from '../../model/time.ts';
import type { Control } from '../../ports.ts';
import { ABSENT, type Condition } from './condition.ts';
import type { OpenTable } from './open-table.ts';
import { docOf, expiresAt, KEYS, parseRow, type Row, readDoc, SPREAD, SPREADS } from './table.ts';

/** Counters are looked at for a week, and a day longer by whoever wants to know what happened. */
const COUNTS_KEPT = 8 * DAY;

const why = z.enum(['bounce', 'complaint']);

/** Suppression marks and limits hold no address: keyed hashes, so that the table alone tells nobody who is in it. */
const keyedHash =
  (pepper: Uint8Array) =>
  (use: 'suppressed' | 'limit', key: string): string => {
    if (pepper.length < 16) throw new Error('this function was given no pepper, so it can neither suppress nor limit');
    return createHmac('sha256', pepper).update(`${use}\0${key}`).digest('base64url');
  };

/** The stored version is the one that was changed. */
const isVersion = (version: number): Condition =>
  version === 0
    ? ABSENT
    : {
        expression: '#version = :before',
        names: { '#version': 'version' },
        values: { ':before': { N: String(version) } },
      };

/** 64 bits of a name: that few bytes of each stand in the row that counts it. */
const shortName = (name: string): Buffer => createHash('sha256').update(name).digest().subarray(0, 8);

/** What a row of a counter holds: a number, and the names of what was counted once. */
const countIn = (row: Row): number => parseRow(z.number(), row, Number(row.n?.N ?? 0) + (row.names?.SS?.length ?? 0));

/** Suppression, limits, counters, the sending budget and the brake. */
export const createControl = (table: OpenTable, pepper: Uint8Array): Control => {
  const hash = keyedHash(pepper);
  const suppressedKey = (addressKey: string) => KEYS.suppressed(hash('suppressed', addressKey));
  return {
    async suppressed(addressKey) {
      const row = await table.get(suppressedKey(addressKey));
      return row && parseRow(why, row, row.why?.S);
    },

    async suppress(addressKey, reason, at) {
      const row = { ...suppressedKey(addressKey), why: { S: reason }, at: { N: String(at) } };
      // a complaint outlives the bounces that follow it
      await table.put(row, reason === 'complaint' ? undefined : ABSENT);
    },

    async unsuppress(addressKey) {
      await table.remove(suppressedKey(addressKey));
    },

    async withinLimit(key, limit, windowMs, at) {
      const window = Math.floor(at / windowMs);
      const row = KEYS.limit(hash('limit', `${key}\0${windowMs}`), window);
      return (await table.add(row, 1, expiresAt((window + 1) * windowMs + DAY))) <= limit;
    },

    async count(counter, windowAt, by) {
      const window = evidenceWindow(windowAt);
      // spread over partitions: every worker counts at once while a million digests go out
      await table.add(KEYS.count(counter, window, randomInt(SPREAD)), by, expiresAt(window + COUNTS_KEPT));
    },

    async countOnce(counter, windowAt, name) {
      const window = evidenceWindow(windowAt);
      const short = shortName(name);
      // a name always lies in the same row, whose set holds it once
      await table.update(KEYS.count(counter, window, (short[0] ?? 0) % SPREAD), {
        expression: 'ADD #names :name SET #ttl = :ttl',
        names: { '#names': 'names', '#ttl': 'ttl' },
        values: { ':name': { SS: [short.toString('base64url')] }, ':ttl': expiresAt(window + COUNTS_KEPT).ttl },
      });
    },

    async counted(counter, windowAt) {
      const keys = SPREADS.map((spread) => KEYS.count(counter, evidenceWindow(windowAt), spread));
      // consistent: who counts first and looks then must see every count made before
      const rows = await table.getAll(keys, true);
      return rows.reduce((sum, row) => sum + countIn(row), 0);
    },

    async budget() {
      const row = await table.get(KEYS.budget, true);
      return row && readDoc(budget, row);
    },

    async saveBudget(next) {
      const { version } = next;
      const row = { ...KEYS.budget, ...docOf(budget.parse(next)), version: { N: String(version) } };
      return table.put(row, isVersion(version - 1));
    },

    async brake() {
      const row = await table.get(KEYS.brake, true);
      return row && readDoc(brake, row);
    },

    async setBrake(next) {
      await table.put({ ...KEYS.brake, ...docOf(brake.parse(next)) });
    },
  };
};
