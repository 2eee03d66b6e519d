import type { Delivery } from '../model/delivery.ts';
import type { Selection } from '../model/digest.ts';
import type { Preferences } from '../model/subscriber.ts';
import { compose } from './compose.ts';
import { memoryBefore } from './memory.ts';
import type { DigestPorts } from './ports-of-digest.ts';

/** A past digest chosen again. `exact` is false if the reader has changed their wishes since. */
export interface Replayed {
  selection: Selection;
  exact: boolean;
}

/**
 * Chooses a past digest anew from the edition that the ledger names, with its own list hidden from the reader's memory. With other
 * `wishes` it is a dry run: what they would have got. Nothing if the reader is gone.
 */
export const recompute = async (
  { news, deliveries, subscribers }: Pick<DigestPorts, 'news' | 'deliveries' | 'subscribers'>,
  delivery: Delivery,
  wishes?: Preferences,
): Promise<Replayed | undefined> => {
  const reader = await subscribers.byId(delivery.subscriber);
  if (!reader) {
    return undefined;
  }
  const memory = await memoryBefore(deliveries, delivery);
  const { edition, dueAt } = delivery;
  const { selection } = await compose(news, wishes ?? reader.preferences, { edition, dueAt, memory });
  return { selection, exact: wishes === undefined && reader.version === delivery.preferences };
};
