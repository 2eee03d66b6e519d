import { createServer, type IncomingMessage, type Server } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import { iso } from '../../functions/model/time.ts';
import { instantTyped } from '../instant.ts';
import { FROM_HERE, FROM_SAMPLES } from '../samples/pictures.ts';
import { callWeb } from './gateway.ts';
import { inboxRoutes } from './inbox.ts';
import type { Inlet } from './inlet.ts';
import type { LocalFunction } from './invoke.ts';
import { mailRoutes } from './mail-route.ts';
import type { MailStore } from './mail-store.ts';
import { type OperatorDesk, operatorRoutes } from './operator.ts';
import { isSesMode } from './ses-endpoint.ts';
import { subscribeAt, writeTo } from './write.ts';

/** What the one origin of local mode serves. */
export interface Origin {
  desk: OperatorDesk;
  mails: MailStore;
  web: LocalFunction;
  /** Where mails to us come in. */
  inlet?: Inlet | undefined;
  /** A sample feed as it would be now, with its media type; undefined if there is none of that name. */
  sample(path: string): { body: string | Uint8Array; type: string } | undefined;
  onError(error: unknown): void;
}

/** Names that a browser on this machine may have used; any other Host is a page elsewhere that points its name at us. */
const OWN_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

const isForeign = ({ headers: { host = '' } }: IncomingMessage): boolean => !OWN_HOST.test(host);

/** Local mode's own forms act at once, so they take posts from local mode's own pages, and from programs, only. */
const isForeignPost = ({ method, headers: { origin } }: IncomingMessage): boolean =>
  method !== 'GET' && origin !== undefined && !OWN_HOST.test(origin.replace(/^http:\/\//, ''));

const clockRoutes = (app: Hono<{ Bindings: HttpBindings }>, { desk }: Origin): void => {
  app.get('/_clock', (c) => c.json({ now: iso(desk.now()) }));
  app.post('/_clock', async (c) => {
    const at = instantTyped(c.req.query('at') ?? '');
    if (at === undefined) return c.json({ error: 'at: an ISO instant such as 2026-01-05T07:00:00Z' }, 400);
    if (!(await desk.advance(at))) return c.json({ error: `the clock only goes forward from ${iso(desk.now())}` }, 409);
    return c.json({ now: iso(desk.now()) });
  });
  app.get('/_ses', (c) => c.json({ mode: desk.mode() }));
  app.post('/_ses', (c) => {
    const mode = c.req.query('mode');
    if (!isSesMode(mode))
      return c.json({ error: 'mode: normal, drop, delay, throttle, noevents, bounce or complaint' }, 400);
    desk.setMode(mode);
    return c.json({ mode });
  });
};

type Headers = [string, string][];

const changed = (page: string, status: number, headers: Headers): Response =>
  new Response(page, { status, headers: headers.filter(([name]) => name !== 'content-length') });

/** A digest as a page, with the samples' pictures from here: no page of ours may fetch any that are not https. */
const withPictures = (page: string, status: number, headers: Headers): Response => {
  const allowed = headers.map(([name, value]): [string, string] => [
    name,
    value.replace('img-src ', "img-src 'self' "),
  ]);
  return changed(page.replaceAll(FROM_SAMPLES, FROM_HERE), status, allowed);
};

/** What the web function answered, but that a link to write to us leads to the form that does: no mail program reaches us. */
const shownHere = (page: Buffer, status: number, headers: Headers, inlet: Inlet | undefined): Response => {
  if (page.includes(FROM_SAMPLES)) return withPictures(page.toString(), status, headers);
  const address = inlet && subscribeAt(inlet.domain);
  const link = `href="mailto:${address}"`;
  return address !== undefined && page.includes(link)
    ? changed(page.toString().replaceAll(link, `href="${writeTo(address)}"`), status, headers)
    : new Response(new Uint8Array(page), { status, headers });
};

const toWeb = async (origin: Origin, c: Context<{ Bindings: HttpBindings }>): Promise<Response> => {
  const { incoming } = c.env;
  const { status, headers, body } = await callWeb(
    origin.web,
    {
      method: c.req.method,
      target: incoming.url ?? '/',
      headers: incoming.headers,
      sourceIp: incoming.socket.remoteAddress ?? '',
      body: new Uint8Array(await c.req.arrayBuffer()),
    },
    origin.desk.now(),
    origin.onError,
  );
  if (status === 204 || status === 304) return new Response(null, { status, headers });
  return shownHere(Buffer.from(body), status, headers, origin.inlet);
};

/** Local mode's own pages, and the web function behind every other path. */
export const createOrigin = (origin: Origin): Hono<{ Bindings: HttpBindings }> => {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const refuse = (c: Context): Response => c.text('not from elsewhere\n', 403);
  app.use(async (c, next) => (isForeign(c.env.incoming) ? refuse(c) : next()));
  for (const path of ['/_clock', '/_ses', '/_mail', '/inbox/*', '/operator/*'])
    app.use(path, async (c, next) => (isForeignPost(c.env.incoming) ? refuse(c) : next()));
  clockRoutes(app, origin);
  if (origin.inlet) app.route('/', mailRoutes(origin.inlet));
  app.route('/', inboxRoutes(origin.mails, origin.desk, origin.inlet));
  app.route('/', operatorRoutes(origin.desk));
  app.use('/samples/*', etag());
  app.get('/samples/*', (c) => {
    const sample = origin.sample(c.req.path.slice('/samples/'.length));
    return sample
      ? c.body(typeof sample.body === 'string' ? sample.body : Uint8Array.from(sample.body), 200, {
          'content-type': sample.type,
        })
      : c.notFound();
  });
  app.all('*', (c) => toWeb(origin, c));
  app.onError((error, c) => {
    origin.onError(error);
    return c.text('Something went wrong in local mode; the terminal says what.\n', 500);
  });
  return app;
};

/** A port that answers, before there is anything to serve: requests wait for the origin. */
export interface Door {
  port: number;
  serve(app: Hono<{ Bindings: HttpBindings }>): void;
  close(): Promise<void>;
}

const listen = (server: Server, port: number): Promise<number | undefined> =>
  new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? done(undefined) : fail(error),
    );
    server.listen(port, '127.0.0.1', () => {
      const bound = server.address();
      done(typeof bound === 'object' && bound ? bound.port : port);
    });
  });

/**
 * Listens on the first free port of those given, on 127.0.0.1 only.
 * @returns undefined if none is free
 */
export const openDoor = async (ports: Iterable<number>): Promise<Door | undefined> => {
  const { promise: ready, resolve: serve } = Promise.withResolvers<ReturnType<typeof getRequestListener>>();
  for (const wanted of ports) {
    const server = createServer((request, response) => {
      ready.then((listener) => listener(request, response));
    });
    const port = await listen(server, wanted);
    if (port === undefined) continue;
    return {
      port,
      serve: (app) => serve(getRequestListener(app.fetch)),
      close: () =>
        new Promise((done) => {
          server.close(() => done());
          server.closeAllConnections();
        }),
    };
  }
  return undefined;
};
