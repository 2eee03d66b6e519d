import type { Subscriber } from '../../functions/model/subscriber.ts';
import { createApp } from '../../functions/subscribers/app.ts';
import { createLinks } from '../../functions/subscribers/links.ts';
import type { WebPorts } from '../../functions/subscribers/ports-of-web.ts';
import { aSource, aSubscriber } from '../builders.ts';
import { type MemoryPorts, memoryPorts } from '../fakes.ts';

export const PUBLIC_URL = 'https://news.example';
export const KEY = new Uint8Array(32).fill(7);

const READS = /^(all|byId|known|requested|idOfAddress|ofCohort|scan|followed|byPeriod|last|suppressed|counted)$/;

/** Notes every call of a store that is no read. */
const watched = <T extends object>(store: T, name: string, writes: string[]): T =>
  new Proxy(store, {
    get(target, method, receiver) {
      const found: unknown = Reflect.get(target, method, receiver);
      if (typeof found !== 'function' || READS.test(String(method))) return found;
      return (...given: unknown[]) => {
        writes.push(`${name}.${String(method)}`);
        return found.apply(target, given);
      };
    },
  });

const BRAND = {
  name: 'Broadsheet',
  from: 'news@news.example',
  postalAddress: '1 Example Street',
  contact: 'help@news.example',
};

const saveHouseSources = async ({ sources }: MemoryPorts): Promise<void> => {
  await sources.save(aSource({ id: 'daily-example', title: 'Daily Example', topic: 'world', country: 'GB' }));
  await sources.save(aSource({ id: 'labor-beispiel', title: 'Labor Beispiel', language: 'de', topic: 'science' }));
  await sources.save(aSource({ id: 'allgemein', title: 'Allgemein', language: 'de', country: 'DE' }));
};

const answerOf = async (response: Response) => ({
  status: response.status,
  headers: response.headers,
  text: await response.text(),
});

/** The fields of a form as a list, in which lists repeat. */
const entriesOf = (form: Record<string, string | readonly string[]>): [string, string][] =>
  Object.entries(form).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each]));

/** The same form as browsers send it with `enctype="multipart/form-data"`; a file field without a file is an empty one. */
export const multipart = (form: Record<string, string | readonly string[]>, files: readonly File[]): FormData => {
  const body = new FormData();
  for (const [name, value] of entriesOf(form)) body.append(name, value);
  for (const file of files.length > 0 ? files : [new File([], '')]) body.append('opml', file);
  return body;
};

/** What a browser without scripts can do: get a page, and post a form, with files or without. */
const browserOf = (app: ReturnType<typeof createApp>) => ({
  get: async (path: string, headers: Record<string, string> = {}) => answerOf(await app.request(path, { headers })),
  async post(
    path: string,
    form: Record<string, string | readonly string[]> = {},
    headers: Record<string, string> = {},
  ) {
    const body = new URLSearchParams(entriesOf(form));
    return answerOf(await app.request(path, { method: 'POST', body, headers }));
  },
  async upload(path: string, form: Record<string, string | readonly string[]> = {}, ...files: File[]) {
    const sent = new Request(PUBLIC_URL, { method: 'POST', body: multipart(form, files) });
    const headers = { 'content-type': sent.headers.get('content-type') ?? '' };
    // browsers name a file that was not chosen, by an empty name; Node leaves that out
    const nameless = 'name="opml"; filename=""\r\n';
    const body = files.length > 0 ? await sent.bytes() : (await sent.text()).replace('name="opml"\r\n', nameless);
    return answerOf(await app.request(path, { method: 'POST', body, headers }));
  },
});

/** The real app on in-memory ports, with three house sources, and every write noted. */
export const aSite = async (over: Partial<WebPorts> = {}) => {
  const memory = memoryPorts();
  const writes: string[] = [];
  await saveHouseSources(memory);
  const ports: WebPorts = {
    subscribers: watched(memory.subscribers, 'subscribers', writes),
    cohorts: watched(memory.cohorts, 'cohorts', writes),
    sources: watched(memory.sources, 'sources', writes),
    deliveries: watched(memory.deliveries, 'deliveries', writes),
    control: watched(memory.control, 'control', writes),
    letters: memory.queues.letters,
    fetches: memory.queues.fetch,
    clock: memory.clock,
    chance: memory.chance,
    log: memory.log,
    keys: [KEY],
    publicUrl: PUBLIC_URL,
    brand: BRAND,
    welcome: true,
    sparedNetworks: ['127.0.0.1'],
    clientOf: () => '127.0.0.1',
    ...over,
  };
  const app = createApp(ports);
  const links = createLinks(PUBLIC_URL, KEY);

  /** A stored subscriber, its address claimed. */
  const given = async (over: Parameters<typeof aSubscriber>[0] = {}): Promise<Subscriber> => {
    const subscriber = aSubscriber(over);
    await memory.subscribers.claimAddress(subscriber.addressKey, subscriber.id);
    await memory.subscribers.save({ ...subscriber, version: 1 });
    return { ...subscriber, version: 1 };
  };
  const byAddress = async (key: string): Promise<Subscriber | undefined> => {
    const id = await memory.subscribers.idOfAddress(key);
    return id === undefined ? undefined : memory.subscribers.byId(id);
  };
  const pathOf = (url: string): string => new URL(url).pathname;
  return {
    ...memory,
    memory,
    ports,
    app,
    links,
    writes,
    ...browserOf(app),
    given,
    byAddress,
    pathOf,
    letters: memory.queues.letters,
    fetches: memory.queues.fetch,
  };
};

export type Site = Awaited<ReturnType<typeof aSite>>;
