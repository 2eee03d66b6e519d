import { expect, onTestFinished, test } from 'vitest';
import { measureCost } from '../../infra/cost/measure.ts';
import { serveSamples } from '../../infra/soak/news.ts';

test('a small run on the emulators is measured part by part', async () => {
  const from = Date.UTC(2026, 0, 5, 2);
  const { news, stop } = await serveSamples(from);
  onTestFinished(stop);
  const run = await measureCost({
    dense: 80,
    sparse: 60,
    newsroomTicks: 1,
    hours: 4,
    news,
    progress: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  // a claim and a settlement each; fourteen earlier ones read as one unit; status and suppression consistently
  expect(run.dense.consumed.table.Deliveries).toMatchObject({ write: 2 * run.dense.count });
  expect(run.dense.consumed.table.Deliveries?.read).toBeLessThanOrEqual(1.1 * run.dense.count);
  expect(run.dense.consumed.table.Subscribers?.read).toBeGreaterThanOrEqual(run.dense.count);
  expect(run.dense.consumed.index['Subscribers/by-cohort']?.read).toBeGreaterThan(0);
  // one event a mail, and half a unit to look it up
  expect(run.events.consumed.table.Deliveries).toEqual({ read: run.events.count / 2, write: 0 });
  expect(run.events.messages).toBe(run.events.count);
  expect(run.bytes.delivery).toBeLessThan(650);
});
