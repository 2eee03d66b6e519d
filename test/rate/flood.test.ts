import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DAY, iso, MINUTE } from '../../functions/model/time.ts';
import { openBrowser } from '../../infra/day/post-form.ts';
import { invoke } from '../../infra/local/invoke.ts';
import { flood, floodedStack } from '../../infra/rate/flood.ts';
import { recordingLog } from '../fakes.ts';

/** The small form of `npm run rate`: real handlers, workers side by side, an SES that holds a rate and a quota. */

const wishes = (over: Partial<Parameters<typeof flood>[0]> = {}): Parameters<typeof flood>[0] => ({
  readers: 60,
  ratePerSecond: 8,
  maxPer24h: 2000,
  workers: 4,
  signUpEveryMs: 1500,
  onError: () => undefined,
  ...over,
});

test('a flood of digests stays under the rate, loses none, and lets confirmations pass', async () => {
  const report = await flood(wishes(), recordingLog());
  expect(report).toMatchObject({ due: 60, sent: 60, skipped: 0, failed: 0, lost: 0, twice: 0 });
  expect(report.throttledShare).toBeLessThan(0.01);
  expect(report.ses.overQuota).toBe(0);
  const { asked, arrived, beforeLastDigest } = report.confirmations;
  expect(arrived).toBe(asked);
  // they do not wait for the flood to end: but for the last, who may have come after it
  expect(beforeLastDigest).toBeGreaterThanOrEqual(asked - 2);
  expect(beforeLastDigest).toBeGreaterThan(3);
});

test('at the end of the quota letters go on, and what waits ends settled with a reason', async () => {
  const { stack, readers, stop } = await floodedStack(wishes({ ratePerSecond: 100, maxPer24h: 50 }), recordingLog());
  try {
    await invoke(stack.functions.plan, { time: iso(stack.clock.now()) });
    await stack.settle();
    const sent = (kind: string): number => stack.ses.mails.all().filter(({ tags }) => kind in tags).length;
    const digests = sent('delivery');
    // places that were leased and not used count until SES is asked again, a minute later
    expect(digests).toBeGreaterThan(20);
    expect(digests).toBeLessThanOrEqual(47);
    expect(stack.ses.counts().overQuota).toBe(0);
    expect(stack.delayed.waiting()).toBeGreaterThan(0);

    const browser = openBrowser(stack.functions.web, 'broadsheet.example', stack.clock.now);
    const fields = { email: ['late@example.org'], cadence: ['daily'], hour: ['9'], zone: ['UTC'], topics: ['world'] };
    await browser.post({ target: '/', html: await browser.get('/') }, { ...fields, reads: ['en'], language: ['en'] });
    await stack.settle();
    expect(sent('letter')).toBe(1);

    // the next one is due: the day before is over
    stack.clock.set(stack.clock.now() + DAY + MINUTE);
    for (let look = 0; look < 50 && stack.delayed.waiting() > 0; look++) {
      await stack.settle();
      await sleep(50);
    }
    const states = await Promise.all(
      readers.map(
        async ({ id }) => (await stack.ports.deliveries.byPeriod(id, { kind: 'day', date: '2026-01-06' }))?.state,
      ),
    );
    const told = states.map((state) => (state && 'reason' in state ? `${state.kind} ${state.reason}` : state?.kind));
    expect(told.filter((kind) => kind === 'sent')).toHaveLength(digests);
    expect(told.filter((kind) => kind === 'skipped too-late')).toHaveLength(60 - digests);
  } finally {
    await stop();
  }
});
