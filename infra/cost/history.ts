import { createHash } from 'node:crypto';
import { toDeliveryRow } from '../../functions/adapters/dynamo/delivery-row.ts';
import { openTable } from '../../functions/adapters/dynamo/open-table.ts';
import { dueInstants, periodAt } from '../../functions/digest/due.ts';
import { REMEMBERED } from '../../functions/digest/memory.ts';
import { cohortOf } from '../../functions/model/cohort.ts';
import type { MailedStory } from '../../functions/model/delivery.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { DAY, type Instant } from '../../functions/model/time.ts';
import { localDynamoClient } from '../local/dynamo.ts';
import { LOCAL_TABLES } from '../tables.ts';

const STORIES = 15;

const hashOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE();

/** A title of nine words, as headlines have. */
const titleOf = (text: string): string => createHash('sha256').update(text).digest().toString('latin1', 0, 9);

/** An id of the form that SES gives. */
const messageIdOf = (id: string, at: Instant): string => {
  const digits = createHash('sha256').update(`${id} ${at}`).digest('hex');
  const [time, uuid] = [digits.slice(0, 12), digits.slice(12, 44)];
  return `0102${time}-${uuid.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}-000000`;
};

/** Stories that no edition holds. */
const someStories = (id: string, at: Instant): MailedStory[] =>
  Array.from({ length: STORIES }, (_, n) => ({
    event: hashOf(`${id} ${at} ${n} event`),
    url: hashOf(`${id} ${at} ${n} url`),
    turn: 0,
    title: titleOf(`${id} ${at} ${n} title`),
  }));

/** Gives readers the ledger of those who have been there for long: the last digests that were due before an instant, all sent. Past the meter. */
export const fillHistory = async (endpoint: string, readers: readonly Subscriber[], before: Instant): Promise<void> => {
  const client = localDynamoClient(endpoint);
  const table = openTable(client, LOCAL_TABLES.deliveries);
  for (const { id, preferences } of readers) {
    const cohort = cohortOf(preferences);
    const due = dueInstants(cohort, before - 7 * (REMEMBERED + 1) * DAY, before).slice(-REMEMBERED);
    await table.putAll(
      due.map((dueAt) =>
        toDeliveryRow({
          v: 1,
          subscriber: id,
          period: periodAt(cohort, dueAt),
          dueAt,
          state: {
            kind: 'sent',
            at: dueAt + 60_000,
            messageId: messageIdOf(id, dueAt),
          },
          edition: 1,
          preferences: 1,
          stories: someStories(id, dueAt),
        }),
      ),
    );
  }
  client.destroy();
};
