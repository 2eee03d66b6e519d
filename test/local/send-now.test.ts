import { expect, test } from 'vitest';
import { type NowOutcome, sendNow } from '../../infra/local/send-now.ts';
import { aDelivery, BASE_AT } from '../builders.ts';
import { aSite } from '../subscribers/site.ts';

// send-now.ts: a digest is asked for that the ledger would not have, and the operator told to wait for it
test.each<[who: string, NowOutcome]>([
  ['active', 'queued'],
  ['paused', 'queued'],
  ['pending', 'pending'],
  ['left', 'left'],
  ['again', 'had'],
  ['nobody', 'nobody'],
  ['no address', 'nobody'],
])('a digest at once for %s is %s', async (who, expected) => {
  const site = await aSite();
  await site.given({ address: 'active@example.com' });
  await site.given({ address: 'paused@example.com', status: { kind: 'paused', until: BASE_AT * 2 } });
  await site.given({ address: 'pending@example.com', status: { kind: 'pending' } });
  await site.given({ address: 'left@example.com', status: { kind: 'left', at: BASE_AT, why: 'unsubscribed' } });
  const { id } = await site.given({ address: 'again@example.com' });
  await site.deliveries.claim(aDelivery({ subscriber: id, period: { kind: 'now', date: '2026-01-05' } }));
  expect(await sendNow(site.ports, `${who}@example.com`, site.clock.now())).toBe(expected);
  expect(site.letters.take().map(({ kind }) => kind)).toEqual(expected === 'queued' ? ['now'] : []);
});
