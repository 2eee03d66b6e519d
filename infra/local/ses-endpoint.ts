import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { DAY, type Instant } from '../../functions/model/time.ts';
import type { Clock } from '../../functions/ports.ts';
import { createMailStore, type MailStore, type ReceivedMail } from './mail-store.ts';
import { eventsOf, type Fate, simulatedFate } from './ses-events.ts';
import { createSuppressionList } from './ses-list.ts';
import { type RawSend, readRawSend, type SesFault } from './ses-request.ts';

/** How SES behaves: `drop` takes the mail and loses the answer; `delay` answers after the caller has given up. */
export const SES_MODES = ['normal', 'drop', 'delay', 'throttle', 'noevents', 'bounce', 'complaint'] as const;

export type SesMode = (typeof SES_MODES)[number];

export const isSesMode = (text: string | null | undefined): text is SesMode => SES_MODES.some((mode) => mode === text);

export interface SesOptions {
  clock: Clock;
  /** The one configuration set that exists. */
  configurationSet: string;
  /** Gets each event, an EventBridge envelope as JSON text. */
  onEvent: (envelope: string) => void;
  /** Where mails are kept; absent: in memory. */
  mails?: MailStore;
  /** Mails a second (of real time) and in 24 hours (of our clock). */
  ratePerSecond?: number;
  maxPer24h?: number;
  /** Mails that are taken and never answered for, whatever the mode. */
  losesAnswer?: ((mail: ReceivedMail) => boolean) | undefined;
  /** How late mode `delay` answers, in ms; the sender gives up after 10 s. */
  delayMs?: number;
}

/** How often SES was called, and what it said. */
export interface SesCounts {
  accepted: number;
  /** Over the rate, and over the day's quota. */
  throttled: number;
  overQuota: number;
  /** Calls of GetSendQuota. */
  quotaRead: number;
}

/** An SES of our own, v1 query protocol, on a port of 127.0.0.1. */
export interface SesEndpoint {
  url: string;
  mails: MailStore;
  counts(): SesCounts;
  mode(): SesMode;
  setMode(mode: SesMode): void;
  stop(): Promise<void>;
}

const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';

const escapeXml = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

type Answer = { status: number; xml: string; mail?: ReceivedMail };

const answer = (action: string, result: string): Answer => ({
  status: 200,
  xml: `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
});

const refusal = ({ status, code, message }: SesFault): Answer => ({
  status,
  xml: `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
});

const readBody = async (request: http.IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
};

/** Lets at most `rate` through a second, with one second's burst. */
const createBucket = (rate: number) => {
  let tokens = rate;
  let at = Date.now();
  return (): boolean => {
    const now = Date.now();
    tokens = Math.min(rate, tokens + ((now - at) / 1000) * rate);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};

/** Counts what came after an instant. Mails come in the order of the clock, so each is looked at twice in all, however many there are. */
const createDayCount = (before: readonly Instant[]) => {
  const instants = [...before];
  let old = 0;
  return {
    add(at: Instant): void {
      instants.push(at);
    },
    since(at: Instant): number {
      while (old < instants.length && (instants[old] ?? 0) <= at) old += 1;
      if (old > 10_000) {
        instants.splice(0, old);
        old = 0;
      }
      return instants.length - old;
    },
  };
};

const THROTTLED: SesFault = { status: 400, code: 'Throttling', message: 'Maximum sending rate exceeded.' };
const OVER_QUOTA: SesFault = { status: 400, code: 'Throttling', message: 'Daily message quota exceeded.' };

const createActions = (options: SesOptions, mails: MailStore, mode: () => SesMode, counts: SesCounts) => {
  const { clock, configurationSet, ratePerSecond = 1000, maxPer24h = 1_000_000 } = options;
  const within = createBucket(ratePerSecond);
  const day = createDayCount(mails.all().map(({ at }) => at));
  const sentLast24h = (): number => day.since(clock.now() - DAY);
  const send = ({ raw, ...rest }: RawSend): Answer => {
    if (rest.configurationSet !== null && rest.configurationSet !== configurationSet) {
      const message = `Configuration set <${rest.configurationSet}> does not exist.`;
      return refusal({ status: 400, code: 'ConfigurationSetDoesNotExist', message });
    }
    if (mode() === 'throttle' || !within()) {
      counts.throttled++;
      return refusal(THROTTLED);
    }
    if (sentLast24h() >= maxPer24h) {
      counts.overQuota++;
      return refusal(OVER_QUOTA);
    }
    counts.accepted++;
    // sixty characters, as SES's own: rows hold them
    const messageId = `0102${randomUUID().replaceAll('-', '').slice(0, 12)}-${randomUUID()}-000000`;
    const mail = mails.add({ messageId, at: clock.now(), ...rest }, raw);
    day.add(mail.at);
    return { ...answer('SendRawEmail', `<MessageId>${messageId}</MessageId>`), mail };
  };
  return (form: URLSearchParams): Answer => {
    const action = form.get('Action') ?? '';
    switch (action) {
      case 'GetSendQuota':
        counts.quotaRead++;
        return answer(
          action,
          `<Max24HourSend>${maxPer24h}</Max24HourSend><MaxSendRate>${ratePerSecond}</MaxSendRate><SentLast24Hours>${sentLast24h()}</SentLast24Hours>`,
        );
      case 'SendRawEmail': {
        const read = readRawSend(form);
        return 'code' in read ? refusal(read) : send(read);
      }
      default: {
        const message = `Could not find operation ${action} for version ${form.get('Version') ?? ''}`;
        return refusal({ status: 400, code: 'InvalidAction', message });
      }
    }
  };
};

const fateOf = (mail: ReceivedMail, mode: SesMode): Fate =>
  mail.to.map(simulatedFate).find((fate) => fate !== undefined) ??
  (mode === 'bounce' || mode === 'complaint' ? mode : 'delivery');

const isSigned = (request: http.IncomingMessage): boolean =>
  (request.headers.authorization ?? '').startsWith('AWS4-HMAC-SHA256 ');

const UNSIGNED: SesFault = {
  status: 403,
  code: 'MissingAuthenticationToken',
  message: 'Request is missing Authentication Token',
};

/** Starts the endpoint on a free port. */
export const startSes = async (options: SesOptions): Promise<SesEndpoint> => {
  const { mails = createMailStore() } = options;
  let mode: SesMode = 'normal';
  const counts: SesCounts = { accepted: 0, throttled: 0, overQuota: 0, quotaRead: 0 };
  const list = createSuppressionList();
  const act = createActions(options, mails, () => mode, counts);
  const emit = (mail: ReceivedMail, during: SesMode): void => {
    if (during === 'noevents' || mail.configurationSet === null) return;
    for (const event of eventsOf(mail, list.fateOf(mail, fateOf(mail, during)))) options.onEvent(JSON.stringify(event));
  };
  const server = http.createServer(async (request, response) => {
    const body = await readBody(request);
    const during = mode;
    const listed = isSigned(request) ? list.answer(request.method, request.url) : undefined;
    if (listed) {
      response.writeHead(listed.status, listed.headers).end(listed.body);
      return;
    }
    const { status, xml, mail } = isSigned(request) ? act(new URLSearchParams(body)) : refusal(UNSIGNED);
    if (mail) emit(mail, during);
    if (mail && (during === 'drop' || options.losesAnswer?.(mail))) {
      request.socket.destroy();
      return;
    }
    const write = (): void => {
      response.writeHead(status, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(xml) }).end(xml);
    };
    if (mail && during === 'delay') setTimeout(write, options.delayMs ?? 12_000).unref();
    else write();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const bound = server.address();
  return {
    url: `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`,
    mails,
    counts: () => ({ ...counts }),
    mode: () => mode,
    setMode(to) {
      mode = to;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
