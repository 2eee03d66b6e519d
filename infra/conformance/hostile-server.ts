import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { createWebReader } from '../../functions/adapters/http/web-reader.ts';
import type { Source } from '../../functions/model/source.ts';
import { DAY, HOUR, TICK, tickOf } from '../../functions/model/time.ts';
import { type FetchReport, fetchHost, type HostPorts } from '../../functions/newsroom/host.ts';
import { takeRequest } from '../../functions/newsroom/request.ts';
import { type GroupResult, type Judged, resultOf } from './case.ts';

const kitRoutes = z.record(z.string(), z.tuple([z.unknown(), z.string()]));
const kitServer = z.object({ url: z.string() });

/** What a route made of a source: after the first fetch, and after a second one. */
interface Trial {
  first: FetchReport;
  after: Source;
  known: number;
  again: () => Promise<FetchReport>;
  request: () => Promise<string>;
}

const AT = tickOf(Date.now());

const put = async (web: HostPorts['web'], url: string): Promise<Trial> => {
  let stored: Source = {
    v: 1,
    id: 'hostile',
    url,
    homePage: url,
    title: 'Hostile',
    language: 'en',
    access: 'free',
    standing: 'house',
    addedAt: AT,
    intervalTicks: 1,
  };
  let known = new Uint8Array();
  const ports = (id: string): HostPorts => ({
    sources: {
      byId: async (asked) => (asked === id ? stored : undefined),
      save: async (source) => {
        stored = source;
      },
      known: async () => known,
      saveKnown: async (_id, packed) => {
        known = new Uint8Array(packed);
      },
    },
    stories: { save: async () => {} },
    web,
    clock: { now: Date.now },
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  const at = (tickAt: number) =>
    fetchHost(ports('hostile'), { v: 1, kind: 'fetch', host: 'hostile', tickAt, sources: [stored] }, tickAt);
  const first = await at(AT);
  const request = async () => (await takeRequest(ports('none'), { id: 'new', url }, AT)).kind;
  return { first, after: stored, known: known.length, again: () => at(AT + TICK), request };
};

const waits = (trial: Trial, least: number, most: number): boolean => {
  const wait = (trial.after.notBeforeAt ?? 0) - AT;
  return wait >= least && wait <= most;
};

const failed = (trial: Trial): boolean =>
  trial.first.failing === 1 && trial.after.failing !== undefined && trial.known === 0;
const read = (trial: Trial): boolean => trial.first.failing === 0 && trial.first.stories > 0;

/** Routes whose expectation says more than 'ok' or 'error'. */
const SPECIAL: Readonly<Record<string, (trial: Trial) => boolean | Promise<boolean>>> = {
  '/gone-410': (trial) => failed(trial) && trial.after.endedAt !== undefined,
  '/404': (trial) => failed(trial) && waits(trial, TICK, DAY),
  '/429': (trial) => failed(trial) && waits(trial, HOUR, HOUR),
  '/503-date': (trial) => failed(trial) && waits(trial, HOUR - 5000, HOUR + 1000),
  '/retry-forever': (trial) => failed(trial) && waits(trial, DAY, DAY),
  '/etag': async (trial) => read(trial) && (await trial.again()).notModified === 1,
  '/304-body': (trial) => trial.known === 0,
  '/guid-flap': async (trial) => read(trial) && (await trial.again()).stories === 0,
  '/etag-flap': async (trial) => read(trial) && (await trial.again()).stories === 0,
  '/html-with-link': async (trial) => (await trial.request()) === 'added',
  '/html-with-private-link': async (trial) => (await trial.request()) === 'failed',
  '/set-cookie': async (trial) => read(trial) && (await trial.again()).failing === 0,
  '/needs-ua': read,
};

const holds = async (route: string, expected: string, trial: Trial): Promise<boolean> => {
  const special = SPECIAL[route];
  if (special) return special(trial);
  if (/^(ok or error|error or ok)/.test(expected)) return read(trial) || failed(trial);
  return expected.startsWith('ok') ? read(trial) : failed(trial);
};

/** A server that misbehaves, route by route, through fetching as it is in production; state must stay good. */
export const runHostileServer = async (kit: string): Promise<GroupResult[]> => {
  const tools = await import(pathToFileURL(join(resolve(kit), 'tools', 'hostile_server.mjs')).href);
  const server = await tools.start();
  const { url } = kitServer.parse(server);
  const web = createWebReader({
    userAgent: 'Broadsheet (+https://example.org/)',
    allow: [new URL(url).host],
  });
  const trials = Object.entries(kitRoutes.parse(tools.routes)).map(async ([route, [, expected]]): Promise<Judged> => {
    const trial = await put(web, `${url}${route}`);
    return { id: route, ok: await holds(route, expected, trial) };
  });
  const judged = await Promise.all(trials);
  await web.close();
  await server.close();
  return [resultOf('hostile/server', judged)];
};
