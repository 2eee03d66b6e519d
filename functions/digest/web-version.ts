import { parseDeliveryId } from '../model/delivery.ts';
import type { Chosen, DigestView, Selection } from '../model/digest.ts';
import { compose } from './compose.ts';
import { eventHash, memoryBefore } from './memory.ts';
import type { DigestPorts } from './ports-of-digest.ts';
import { digestView } from './view.ts';

export interface WebVersionPorts extends Pick<DigestPorts, 'news' | 'deliveries' | 'subscribers' | 'links' | 'clock'> {
  press: { page(view: DigestView): string };
}

/** What of a selection was mailed: wishes may have changed since, and a web version shows nothing but the mail. */
const onlyMailed = ({ lead, sections, filled }: Selection, mailed: ReadonlySet<number>): Selection => {
  const wasMailed = ({ event }: Chosen): boolean => mailed.has(eventHash(event));
  return {
    lead: lead && wasMailed(lead) ? lead : null,
    sections: sections
      .map((section) => ({ ...section, chosen: section.chosen.filter(wasMailed) }))
      .filter(({ chosen }) => chosen.length > 0),
    filled,
  };
};

/**
 * A digest as a web page, chosen anew from the edition that the ledger names. Nothing if there is no such digest, its reader is
 * gone, or nothing of its edition is kept any more.
 */
export const webVersion = async (ports: WebVersionPorts, id: string): Promise<string | undefined> => {
  const named = parseDeliveryId(id);
  const delivery = named && (await ports.deliveries.byPeriod(named.subscriber, named.period));
  if (!delivery || delivery.stories.length === 0) return undefined;
  const reader = await ports.subscribers.byId(delivery.subscriber);
  if (!reader) return undefined;
  const { edition, dueAt, period } = delivery;
  const memory = await memoryBefore(ports.deliveries, delivery);
  const composed = await compose(ports.news, reader.preferences, { edition, dueAt, memory });
  const selection = onlyMailed(composed.selection, new Set(delivery.stories.map(({ event }) => event)));
  if (!selection.lead && selection.sections.length === 0) return undefined;
  return ports.press.page(
    digestView({ ...composed, selection }, reader, { period, dueAt, edition }, ports.links, dueAt),
  );
};
