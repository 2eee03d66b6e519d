import type { Period } from '../model/delivery.ts';
import type { DigestView, Selection } from '../model/digest.ts';
import type { ChunkMessage, LetterMessage, SettleMessage } from '../model/messages.ts';
import type { Subscriber } from '../model/subscriber.ts';
import type { Instant } from '../model/time.ts';
import type { Clock, Control, Deliveries, Log, Mailer, Queue, Subscribers } from '../ports.ts';
import type { Links } from '../subscribers/links.ts';
import type { EditionCache } from './edition-cache.ts';
import type { Pace } from './pace.ts';

/** Where a finished mail goes and what it says of itself. */
export interface DigestEnvelope {
  to: string;
  delivery?: string;
  date: Instant;
  unsubscribe?: string;
}

export interface FinishedDigest {
  raw: string;
  subject: string;
  htmlBytes: number;
  textBytes: number;
}

/** What a digest asks of the press: one mail from one view. Pure. */
export interface DigestPress {
  digest(view: DigestView, envelope: DigestEnvelope): FinishedDigest;
}

/** A digest handed to SES and not refused. The ledger says whether it ends as sent. */
export interface SentDigest {
  delivery: string;
  subscriber: Subscriber;
  period: Period;
  selection: Selection;
  subject: string;
  htmlBytes: number;
  textBytes: number;
  at: Instant;
}

/** All that sending a digest needs from outside. */
export interface DigestPorts {
  subscribers: Subscribers;
  deliveries: Deliveries;
  control: Control;
  /** Kept by the worker between invocations: `createEditionCache({ editions, stories, sources })`. */
  news: EditionCache;
  mailer: Mailer;
  /** Keeps all workers together under what the account may send. */
  pace: Pace;
  press: DigestPress;
  links: Pick<Links, 'digest'>;
  settle: Queue<SettleMessage>;
  digests: Queue<ChunkMessage>;
  letters: Queue<LetterMessage>;
  clock: Clock;
  log: Log;
  /** Told of every mail handed over: how `npm run day` knows what was chosen. */
  observe?: ((sent: SentDigest) => void) | undefined;
}

/** Which digest of a reader is meant, and from which edition. */
export interface Due {
  period: Period;
  dueAt: Instant;
  edition: number;
}
