import { readKey } from '../../functions/adapters/ssm.ts';
import { cohortOf, shardOf } from '../../functions/model/cohort.ts';
import type { Period } from '../../functions/model/delivery.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, HOUR, iso } from '../../functions/model/time.ts';
import { createLinks } from '../../functions/subscribers/links.ts';
import { eventOf } from '../../infra/local/gateway.ts';
import { nightUntil } from '../../infra/local/night.ts';
import { aSubscriber, BASE_AT } from '../builders.ts';
import type { Rig } from './rig.ts';

/** The one reader of every case, what they do, and what a day brings. */

export const READER = aSubscriber({ address: 'reader@example.com', preferences: { topics: ['world'], sources: [] } });

export const PERIOD: Period = { kind: 'day', date: '2026-01-05' };

export const NEW_ADDRESS = 'reader.new@example.com';

export const join = async ({ stores }: Rig, reader: Subscriber = READER): Promise<void> => {
  await stores.subscribers.claimAddress(reader.addressKey, reader.id);
  await stores.cohorts.register(cohortOf(reader.preferences), shardOf(reader.id), BASE_AT - DAY);
  await stores.subscribers.save(reader);
};

export const tick = (rig: Rig, at = rig.now()) => ({ time: iso(at) });

export const post = (rig: Rig, url: string, fields: Record<string, string>): unknown =>
  eventOf(
    {
      method: 'POST',
      target: new URL(url, 'http://127.0.0.1:1').pathname,
      headers: { host: '127.0.0.1:1', 'content-type': 'application/x-www-form-urlencoded' },
      sourceIp: '127.0.0.1',
      body: Buffer.from(new URLSearchParams(fields).toString()),
    },
    rig.now(),
  );

export const linksOf = ({ environment }: Rig) =>
  createLinks(environment.PUBLIC_URL ?? '', readKey('LINK_KEY', environment.LINK_KEY));

export const census = async (rig: Rig): Promise<void> => {
  for (const quarter of nightUntil(rig.now())) await rig.onSafe('take-census', tick(rig, quarter));
};

/** Everything a day brings: looks of the settle queue, later ticks, a night. */
export const aDay = async (rig: Rig): Promise<void> => {
  await rig.settle(rig.now() + 2 * HOUR);
  await rig.onSafe('plan-digests', tick(rig));
  await rig.settle(rig.now() + 4 * HOUR);
  await census(rig);
  await rig.settle(rig.now() + 2 * HOUR);
};

export const later = async (rig: Rig, ms: number): Promise<void> => rig.settle(rig.now() + ms);

/** The next morning's tick, and what follows from it. */
export const nextMorning = async (rig: Rig): Promise<void> => {
  rig.setNow(BASE_AT + DAY);
  await rig.news(rig.now());
  await rig.onSafe('plan-digests', tick(rig));
  await rig.settle(rig.now() + 2 * HOUR);
};

export const digestMails = (rig: Rig) => rig.mails().filter(({ tags }) => tags.delivery?.endsWith('_day'));
