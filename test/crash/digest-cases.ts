import { deliveryId } from '../../functions/model/delivery.ts';
import { iso, MINUTE, TICK } from '../../functions/model/time.ts';
import { CONFIGURATION_SET } from '../../infra/local/environment.ts';
import { aDelivery, BASE_AT } from '../builders.ts';
import type { Case, Verdict } from './case.ts';
import { aDay, digestMails, join, PERIOD, READER, tick } from './reader.ts';
import type { Rig } from './rig.ts';

const DIGEST = deliveryId(READER.id, PERIOD);

/** The promise of one digest: at most `most` acceptances; none only with a row that says why, and an alarm. */
const digestVerdict = async (rig: Rig, most: 1 | 2): Promise<Verdict> => {
  const entry = await rig.stores.deliveries.byPeriod(READER.id, PERIOD);
  const taken = digestMails(rig).length;
  const state = entry?.state;
  const reason = state && 'reason' in state ? `(${state.reason})` : '';
  const again = rig.lines.filter((line) => line.includes('settle.second-attempt')).length;
  const alarm = rig.lines.some((line) => line.includes('settle.unknown'));
  const outcome = `${state?.kind ?? 'no row'}${reason} x${taken}${again > 0 ? `, ${again} again` : ''}`;
  const kept =
    taken <= most &&
    (taken < 2 || again > 0) &&
    ((state?.kind === 'sent' && taken > 0) ||
      (state?.kind === 'failed' && state.reason === 'unknown' && alarm) ||
      (state?.kind === 'skipped' && taken === 0));
  return { outcome, kept };
};

const planned = async (rig: Rig): Promise<void> => {
  await join(rig);
  await rig.onSafe('plan-digests', tick(rig));
};

const claimed = async (rig: Rig): Promise<void> => {
  await join(rig);
  await rig.stores.deliveries.claim(aDelivery({ subscriber: READER.id, stories: [] }));
  rig.setNow(BASE_AT + 39 * MINUTE);
  await rig.send('digests', { v: 1, kind: 'settle', delivery: DIGEST, look: 2, lookAt: rig.now() });
};

const sesEvent =
  (eventType: string, more: object) =>
  async (rig: Rig): Promise<void> => {
    await join(rig);
    await rig.stores.deliveries.claim(aDelivery({ subscriber: READER.id, stories: [] }));
    const mail = {
      messageId: 'm1',
      timestamp: new Date(BASE_AT).toISOString(),
      destination: [READER.address],
      tags: { delivery: [DIGEST], 'ses:configuration-set': [CONFIGURATION_SET] },
    };
    const detail = { eventType, mail, ...more };
    await rig.send('events', { source: 'aws.ses', account: '000000000000', time: iso(BASE_AT), detail });
  };

const evidenceVerdict =
  (stopped: 'bounce' | 'complaint' | undefined) =>
  async (rig: Rig): Promise<Verdict> => {
    const entry = await rig.stores.deliveries.byPeriod(READER.id, PERIOD);
    const reader = await rig.stores.subscribers.byId(READER.id);
    const mark = await rig.stores.control.suppressed(READER.addressKey);
    const left = reader?.status.kind === 'left';
    const outcome = `${entry?.state.kind}${left ? ', left' : ''}${mark ? `, ${mark} marked` : ''}, mailed x${digestMails(rig).length}`;
    const kept =
      entry?.state.kind === 'sent' &&
      mark === stopped &&
      left === (stopped !== undefined) &&
      digestMails(rig).length === 0;
    return { outcome, kept };
  };

/** From the tick of the planner to the evidence of SES. */
export const DIGEST_CASES: readonly Case[] = [
  {
    name: 'plan',
    arrange: (rig) => join(rig),
    act: { fn: 'plan-digests', event: (rig) => tick(rig) },
    async after(rig) {
      rig.setNow(BASE_AT + TICK);
      await rig.onSafe('plan-digests', tick(rig));
      await aDay(rig);
    },
    judge: (rig) => digestVerdict(rig, 1),
  },
  { name: 'send', arrange: planned, act: { queue: 'digests' }, after: aDay, judge: (rig) => digestVerdict(rig, 1) },
  {
    name: 'send, no events',
    async arrange(rig) {
      rig.mode('noevents');
      await planned(rig);
    },
    act: { queue: 'digests' },
    after: aDay,
    judge: (rig) => digestVerdict(rig, 2),
  },
  {
    name: 'second look',
    arrange: claimed,
    act: { queue: 'digests' },
    after: aDay,
    judge: (rig) => digestVerdict(rig, 1),
  },
  {
    name: 'evidence',
    arrange: sesEvent('Delivery', {}),
    act: { queue: 'events' },
    after: aDay,
    judge: evidenceVerdict(undefined),
  },
  {
    name: 'bounce',
    arrange: sesEvent('Bounce', {
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: [{ emailAddress: READER.address }],
      },
    }),
    act: { queue: 'events' },
    after: aDay,
    judge: evidenceVerdict('bounce'),
  },
  {
    name: 'complaint',
    arrange: sesEvent('Complaint', { complaint: { complainedRecipients: [{ emailAddress: READER.address }] } }),
    act: { queue: 'events' },
    after: aDay,
    judge: evidenceVerdict('complaint'),
  },
];
