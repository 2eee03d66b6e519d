import { cohortOf } from '../model/cohort.ts';
import type { DeliveryState } from '../model/delivery.ts';
import type { Subscriber } from '../model/subscriber.ts';
import { type Instant, MINUTE } from '../model/time.ts';
import type { Editions } from '../ports.ts';
import { deliverOne } from './deliver.ts';
import { dateAt } from './due.ts';
import { NotNow } from './pace.ts';
import type { DigestPorts } from './ports-of-digest.ts';

/** A newsroom that was just set up has its first edition within a quarter of an hour; five receipts of a message would be gone by then. */
const NO_EDITION_WAIT = 5 * MINUTE;

/**
 * A digest outside the calendar: the welcome after confirming, or 'send my digest now'. One of each kind a local date, that of the
 * instant at which it was asked for: a message that comes again after midnight, or had to wait, is still for the same one.
 * @throws NotNow before the first edition, and where SES provably did not take the mail: it is asked for again
 */
export const deliverOnDemand = async (
  ports: DigestPorts & { editions: Pick<Editions, 'current'> },
  reader: Subscriber,
  { kind, askedAt: dueAt }: { kind: 'welcome' | 'now'; askedAt: Instant },
): Promise<DeliveryState> => {
  const edition = await ports.editions.current();
  if (!edition) throw new NotNow('there is no edition yet', NO_EDITION_WAIT);
  const period = { kind, date: dateAt(cohortOf(reader.preferences), dueAt) };
  return deliverOne(ports, reader, { period, dueAt, edition: edition.number });
};
