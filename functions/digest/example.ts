import { cohortOf } from '../model/cohort.ts';
import type { Preferences, Subscriber } from '../model/subscriber.ts';
import type { Clock, Editions } from '../ports.ts';
import { compose } from './compose.ts';
import { dateAt } from './due.ts';
import { NO_MEMORY } from './memory.ts';
import type { DigestPorts } from './ports-of-digest.ts';
import { digestView } from './view.ts';
import type { WebVersionPorts } from './web-version.ts';

export interface ExamplePorts {
  news: DigestPorts['news'];
  press: WebVersionPorts['press'];
  links: DigestPorts['links'];
  editions: Pick<Editions, 'current'>;
  clock: Clock;
}

/** An example is made for wishes: nobody gets it. */
const nobody = (preferences: Preferences, at: number): Subscriber => ({
  v: 1,
  id: '0'.repeat(16),
  address: '',
  addressKey: '',
  status: { kind: 'active' },
  preferences,
  version: 0,
  generation: 0,
  signedUpAt: at,
});

/**
 * What a first digest would hold now by these wishes, as a web page: chosen and printed as one that is mailed. Nothing before the first
 * edition, and where it has nothing for them.
 */
export const exampleDigest = async (ports: ExamplePorts, preferences: Preferences): Promise<string | undefined> => {
  const edition = await ports.editions.current();
  if (!edition) return undefined;
  const dueAt = ports.clock.now();
  const composed = await compose(ports.news, preferences, { edition: edition.number, dueAt, memory: NO_MEMORY });
  const { lead, sections } = composed.selection;
  if (!lead && sections.length === 0) return undefined;
  const due = {
    period: { kind: 'now' as const, date: dateAt(cohortOf(preferences), dueAt) },
    dueAt,
    edition: edition.number,
  };
  const view = digestView(composed, nobody(preferences, dueAt), due, ports.links, dueAt);
  return ports.press.page({ ...view, kind: 'example', links: { ...view.links, web: null } });
};
