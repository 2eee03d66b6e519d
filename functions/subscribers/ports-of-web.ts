import type { Brand } from '../model/digest.ts';
import type { FetchMessage, LetterMessage } from '../model/messages.ts';
import type { Preferences } from '../model/subscriber.ts';
import type { Chance, Clock, Cohorts, Deliveries, Log, Queue, Sources, Subscribers } from '../ports.ts';
import type { LimitPorts } from './limits.ts';

/** A link that the operator adds to the top of every page; local mode shows its inbox here. */
export interface Notice {
  text: string;
  href: string;
}

/** All that the pages need. They never mail: they put letters on a queue. */
export interface WebPorts extends LimitPorts {
  subscribers: Subscribers;
  cohorts: Cohorts;
  sources: Pick<Sources, 'all' | 'byId' | 'request' | 'requested'>;
  deliveries: Pick<Deliveries, 'last'>;
  letters: Queue<LetterMessage>;
  fetches: Queue<FetchMessage>;
  clock: Clock;
  chance: Chance;
  log: Log;
  brand: Brand;
  publicUrl: string;
  /** False: confirming queues no first digest (the day command). */
  welcome: boolean;
  /** The asker's network address, from what the server hands to the app (Lambda's event, Node's socket). */
  clientOf: (env: unknown) => string;
  /** The web version of a delivery as a whole HTML page; nothing if it is gone. */
  webVersion?: (delivery: string) => Promise<string | undefined>;
  /** A digest by these wishes as a whole HTML page, of the news as it stands; nothing if there is none. */
  example?: (preferences: Preferences) => Promise<string | undefined>;
  notices?: readonly Notice[];
  /** Takes addresses at reserved domains such as `.test`: only where no mail leaves the machine. */
  allowReserved?: boolean;
  /** Shown first where the browser says nothing. */
  defaultZone?: string;
}
