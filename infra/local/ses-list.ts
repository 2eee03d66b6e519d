import type { ReceivedMail } from './mail-store.ts';
import { type Fate, simulatedFate } from './ses-events.ts';

const PATH = '/v2/email/suppression/addresses/';

/** What SES answers by its second interface, JSON over HTTP. */
export interface ListAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * The account's suppression list, which SES keeps by itself: a hard bounce or a complaint puts an address on it, and mail to it is then
 * taken, mailed to nobody and told as a bounce. Addresses of the simulator are never put on it (SES developer guide, "Using the Amazon SES
 * account-level suppression list"). In memory: a restart forgets it.
 */
export const createSuppressionList = () => {
  const listed = new Set<string>();
  return {
    /** What becomes of a mail that had another fate, and what SES remembers of it. */
    fateOf({ to }: ReceivedMail, fate: Fate): Fate {
      if (to.some((address) => listed.has(address))) return 'on-list';
      if (fate === 'bounce' || fate === 'complaint')
        for (const address of to) if (!simulatedFate(address)) listed.add(address);
      return fate;
    },
    /** DeleteSuppressedDestination; undefined for any other request. */
    answer(method: string | undefined, target: string | undefined): ListAnswer | undefined {
      if (method !== 'DELETE' || !target?.startsWith(PATH)) return undefined;
      const address = decodeURIComponent(target.slice(PATH.length));
      const type = { 'content-type': 'application/json' };
      if (listed.delete(address)) return { status: 200, headers: type, body: '{}' };
      const body = JSON.stringify({ message: `Email address ${address} does not exist on your suppression list.` });
      return { status: 404, headers: { ...type, 'x-amzn-errortype': 'NotFoundException' }, body };
    },
  };
};
