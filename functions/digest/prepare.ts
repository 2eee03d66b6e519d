import type { Delivery, DeliveryState } from '../model/delivery.ts';
import { deliveryId } from '../model/delivery.ts';
import { chosenInOrder, type Selection } from '../model/digest.ts';
import type { Subscriber } from '../model/subscriber.ts';
import type { Instant } from '../model/time.ts';
import { pure } from './broken.ts';
import { type Composed, compose } from './compose.ts';
import { withTitlesThatFit } from './mailed-titles.ts';
import { type Memory, mailedStory } from './memory.ts';
import type { DigestPorts, Due, FinishedDigest } from './ports-of-digest.ts';
import { digestView } from './view.ts';

/** A digest that is ready to be claimed and mailed. */
export interface Prepared {
  due: Due;
  reader: Subscriber;
  selection: Selection;
  mail: FinishedDigest;
}

/** The ledger entry of a digest. */
export const ledgerEntry = (
  reader: Subscriber,
  { period, dueAt, edition }: Due,
  state: DeliveryState,
  selection: Selection = { lead: null, sections: [], filled: false },
): Delivery => ({
  v: 1,
  subscriber: reader.id,
  period,
  dueAt,
  state,
  edition,
  preferences: reader.version,
  stories: withTitlesThatFit(chosenInOrder(selection).map(({ event, telling }) => mailedStory(event, telling))),
});

const print = (
  { press, links }: Pick<DigestPorts, 'press' | 'links'>,
  reader: Subscriber,
  due: Due,
  composed: Composed,
  now: Instant,
): FinishedDigest => {
  const view = digestView(composed, reader, due, links, now);
  return press.digest(view, {
    to: reader.address,
    delivery: deliveryId(reader.id, due.period),
    date: now,
    unsubscribe: view.links.unsubscribe,
  });
};

/**
 * Selects and renders: pure but for reading the edition, so it comes before the claim and may be thrown away. Nothing if there is
 * nothing new for this reader.
 * @throws BrokenDigest if it fails for this reader only
 */
export const prepare = async (
  ports: Pick<DigestPorts, 'news' | 'press' | 'links' | 'clock'>,
  reader: Subscriber,
  due: Due,
  memory: Memory,
): Promise<Prepared | undefined> => {
  const { edition, dueAt } = due;
  const composed = await compose(ports.news, reader.preferences, { edition, dueAt, memory });
  const { selection } = composed;
  if (selection.lead === null) {
    return undefined;
  }
  const mail = pure(() => print(ports, reader, due, composed, ports.clock.now()));
  return { due, reader, selection, mail };
};
