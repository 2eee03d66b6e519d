import type { Held, Pace } from '../functions/digest/pace.ts';
import type { OutgoingMail, SendOutcome } from '../functions/model/mail.ts';
import type { ChunkMessage, FetchMessage, LetterMessage, SettleMessage } from '../functions/model/messages.ts';
import type { Instant } from '../functions/model/time.ts';
import type { Chance, Clock, FetchOutcome, Log, Mailer, Queue, WebReader } from '../functions/ports.ts';
import { BASE_AT } from './builders.ts';
import { memoryControl, memoryDeliveries } from './memory-stores/digest.ts';
import { memoryEditions, memorySources, memoryStories } from './memory-stores/newsroom.ts';
import { memoryCohorts, memorySubscribers } from './memory-stores/subscribers.ts';

/** A clock that stands until it is moved. */
export interface SettableClock extends Clock {
  set(at: Instant): void;
  advance(ms: number): void;
}

export const settableClock = (start: Instant = BASE_AT): SettableClock => {
  let at = start;
  return {
    now: () => at,
    set(next) {
      at = next;
    },
    advance(ms) {
      at += ms;
    },
  };
};

/** Ids that are the same in every run: a linear congruence (Numerical Recipes) told in base 36. */
export const seededChance = (seed = 1): Chance => {
  let state = seed >>> 0;
  const digit = (): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 16).toString(36).at(-1) ?? '0';
  };
  return { id: (length) => Array.from({ length }, digit).join('') };
};

export interface LogLine {
  level: 'info' | 'warn' | 'error';
  event: string;
  fields: Record<string, string | number | boolean | null>;
}

/** Keeps every line, so that a test can also look for what must not be in them. */
export const recordingLog = (): Log & { lines: LogLine[] } => {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine['level']): Log['info'] =>
    (event, fields = {}) => {
      lines.push({ level, event, fields });
    };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
};

/** Keeps what was sent; `take()` empties it as a consumer would. */
export interface RecordingQueue<Message> extends Queue<Message> {
  sent: { message: Message; delayMs: number }[];
  take(): Message[];
}

export const recordingQueue = <Message>(): RecordingQueue<Message> => {
  const sent: { message: Message; delayMs: number }[] = [];
  return {
    sent,
    async send(messages, delayMs = 0) {
      // through JSON as a real queue does: `undefined` is lost
      for (const message of messages) sent.push({ message: JSON.parse(JSON.stringify(message)), delayMs });
    },
    take: () => sent.splice(0).map(({ message }) => message),
  };
};

/** `mails` holds what was accepted; `outcomes` is used up first, one a call; a function is called and may throw or wait. */
export interface ScriptedMailer extends Mailer {
  mails: OutgoingMail[];
  calls: number;
  outcomes: (SendOutcome | ((mail: OutgoingMail) => SendOutcome | Promise<SendOutcome>))[];
}

export const scriptedMailer = (): ScriptedMailer => {
  const mailer: ScriptedMailer = {
    mails: [],
    calls: 0,
    outcomes: [],
    async send(mail) {
      mailer.calls++;
      const scripted = mailer.outcomes.shift() ?? { kind: 'accepted', messageId: `message-${mailer.calls}` };
      const outcome = typeof scripted === 'function' ? await scripted(mail) : scripted;
      if (outcome.kind === 'accepted') mailer.mails.push(structuredClone(mail));
      return outcome;
    },
    quota: async () => ({ maxPer24h: 50_000, ratePerSecond: 14, sentLast24h: mailer.mails.length }),
  };
  return mailer;
};

/** A pace without limits that keeps what it was told; `held` is used up first, one a call. */
export const freePace = (): Pace & { told: string[]; held: Held[] } => {
  const pace = {
    told: [] as string[],
    held: [] as Held[],
    take: async () => pace.held.shift() ?? ({ kind: 'go' } as const),
    async refused(why: string) {
      pace.told.push(why);
    },
  };
  return pace;
};

/** Answers by address; an address that nobody planned is an error of the test. */
export const scriptedWeb = (
  answers: Record<string, FetchOutcome | FetchOutcome[]> = {},
): WebReader & { asked: string[] } => {
  const asked: string[] = [];
  return {
    asked,
    async get(url) {
      asked.push(url);
      const planned = answers[url];
      const answer = Array.isArray(planned) ? planned.shift() : planned;
      if (!answer) throw new Error(`test asks ${url}, which has no answer planned`);
      return structuredClone(answer);
    },
  };
};

/** The seven stores, in memory. */
export const memoryStores = () => ({
  sources: memorySources(),
  stories: memoryStories(),
  editions: memoryEditions(),
  subscribers: memorySubscribers(),
  cohorts: memoryCohorts(),
  deliveries: memoryDeliveries(),
  control: memoryControl(),
});

/** Every port, in memory. The queues carry the names of the brief; `queues.events` takes SES envelopes. */
export const memoryPorts = (options: { now?: Instant; seed?: number } = {}) => ({
  ...memoryStores(),
  queues: {
    fetch: recordingQueue<FetchMessage>(),
    digests: recordingQueue<ChunkMessage>(),
    letters: recordingQueue<LetterMessage>(),
    settle: recordingQueue<SettleMessage>(),
    events: recordingQueue<unknown>(),
  },
  mailer: scriptedMailer(),
  web: scriptedWeb(),
  clock: settableClock(options.now),
  chance: seededChance(options.seed),
  log: recordingLog(),
});

export type MemoryPorts = ReturnType<typeof memoryPorts>;
