import { dateAt } from '../../functions/digest/due.ts';
import { cohortOf } from '../../functions/model/cohort.ts';
import type { Instant } from '../../functions/model/time.ts';
import { readAddress } from '../../functions/subscribers/address.ts';
import type { WebPorts } from '../../functions/subscribers/ports-of-web.ts';
import { LOOKED_BACK } from '../../functions/subscribers/preferences.ts';

/** What became of the wish for a digest at once: it was queued, or why none would come of it. */
export type NowOutcome = 'queued' | 'nobody' | 'pending' | 'left' | 'had';

/** Queues a digest for the subscriber with an address, unless the ledger would have none: the operator waits for it at the inbox. */
export const sendNow = async (
  ports: Pick<WebPorts, 'subscribers' | 'deliveries' | 'letters'>,
  address: string,
  now: Instant,
): Promise<NowOutcome> => {
  const read = readAddress(address, { allowReserved: true });
  const id = read.ok ? await ports.subscribers.idOfAddress(read.key) : undefined;
  const reader = id === undefined ? undefined : await ports.subscribers.byId(id);
  if (reader === undefined) return 'nobody';
  const { kind } = reader.status;
  if (kind === 'pending' || kind === 'left') return kind;
  const date = dateAt(cohortOf(reader.preferences), now);
  const last = await ports.deliveries.last(reader.id, LOOKED_BACK);
  if (last.some(({ period }) => period.kind === 'now' && period.date === date)) return 'had';
  await ports.letters.send([{ v: 1, kind: 'now', subscriber: reader.id, askedAt: now }]);
  return 'queued';
};
