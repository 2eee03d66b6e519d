import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { createCatalogue } from './catalogue.ts';
import { errorPage } from './pages/errors.ts';
import { deadLinkPage, privacyPage } from './pages/outcomes.ts';
import { lookOf } from './pages/style.ts';
import type { WebPorts } from './ports-of-web.ts';
import { bodySize } from './routes/body-size.ts';
import { confirmRoutes } from './routes/confirm.ts';
import { exampleRoutes } from './routes/example.ts';
import { mailPage, sameSitePosts, securityHeaders } from './routes/guard.ts';
import { leaveRoutes } from './routes/leave.ts';
import { manageRoutes } from './routes/manage.ts';
import { frameFor, isWeb, tokenFor } from './routes/request.ts';
import { signUpRoutes } from './routes/sign-up.ts';
import { voteRoutes } from './routes/vote.ts';

const webVersion = async (ports: WebPorts, c: Context): Promise<Response> => {
  const token = tokenFor(ports, c, isWeb);
  const page = token && (await ports.webVersion?.(token.delivery));
  return page ? mailPage(c, page) : c.html(deadLinkPage(frameFor(ports, c)), 404);
};

/** Where a thrown error came from, without its message: that may hold what a reader typed. */
const placeOf = (error: Error): string => /\(?([^\s(]+:\d+:\d+)\)?/.exec(error.stack ?? '')?.[1] ?? '';

/**
 * All pages. Every GET only shows; every change is a POST. Pages work without scripts and cookies: authority is the token
 * in the address. Each answer, errors included, has the security headers.
 */
export const createApp = (ports: WebPorts): Hono => {
  const app = new Hono();
  const catalogue = createCatalogue(ports.sources);
  const fail = (c: Context, status: 400 | 403 | 404 | 405 | 413 | 415 | 429 | 500) =>
    c.html(errorPage(frameFor(ports, c), status), status);

  app.use(securityHeaders(lookOf(ports.brand).policy));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        c.header('Allow', methods.join(', '));
        return fail(c, 405);
      },
    }),
  );
  app.use(sameSitePosts(ports.publicUrl, (c) => fail(c, 403)));
  app.use(bodySize((c) => fail(c, 413)));
  signUpRoutes(app, ports, catalogue);
  exampleRoutes(app, ports, catalogue);
  confirmRoutes(app, ports);
  voteRoutes(app, ports, catalogue);
  manageRoutes(app, ports, catalogue);
  leaveRoutes(app, ports);
  app.get('/w/:token', (c) => webVersion(ports, c));
  app.get('/privacy', (c) => c.html(privacyPage(frameFor(ports, c), ports.brand)));
  app.get('/robots.txt', (c) => c.text('User-agent: *\nAllow: /$\nAllow: /privacy\nDisallow: /\n'));
  app.notFound((c) => fail(c, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException)
      return fail(c, error.status === 413 || error.status === 415 ? error.status : 400);
    ports.log.error('web.failed', { error: error.name, at: placeOf(error), method: c.req.method });
    return fail(c, 500);
  });
  return app;
};
