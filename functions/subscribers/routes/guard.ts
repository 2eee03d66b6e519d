import type { Context, MiddlewareHandler } from 'hono';
import { HOUR } from '../../model/time.ts';
import { MAIL_POLICY } from '../pages/style.ts';

/** The headers of every answer, errors included (promise 55). */
const ALWAYS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  // `no-referrer` would make browsers post our own forms with `Origin: null`; no page of ours links or loads outside
  'Referrer-Policy': 'same-origin',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
};

/** Pages whose address holds no token and whose text no secret. */
const PUBLIC = new Set(['/', '/privacy']);

/** Sets the headers of every answer; `policy` is that of pages. */
export const securityHeaders =
  (policy: string): MiddlewareHandler =>
  async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(ALWAYS)) c.res.headers.set(name, value);
    if (!c.res.headers.has('Content-Security-Policy')) c.res.headers.set('Content-Security-Policy', policy);
    c.res.headers.set('Cache-Control', 'no-store');
    // the hour that the page tells, where no other is known
    if (c.res.status === 429 && !c.res.headers.has('Retry-After'))
      c.res.headers.set('Retry-After', String(HOUR / 1000));
    if (!PUBLIC.has(c.req.path) || c.res.status !== 200) c.res.headers.set('X-Robots-Tag', 'noindex');
  };

/** A mail as a page: it alone has styles on its elements, and pictures from elsewhere. */
export const mailPage = (c: Context, page: string): Response =>
  c.html(page, 200, { 'Content-Security-Policy': MAIL_POLICY });

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');

/**
 * True if a browser says that a form of another site posted this. Sec-Fetch-Site is judged first; browsers without it send
 * Origin. No header at all, or `null`, passes: authority is the token in the address, never a cookie.
 */
const isForeign = (c: Context, publicUrl: string): boolean => {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = c.req.header('origin');
  if (origin === undefined || origin === 'null') return false;
  return origin !== originOf(publicUrl) && origin !== originOf(c.req.url);
};

/** Refuses posts from other sites, but for one-click unsubscribing, which mail providers post (RFC 8058 3.2). */
export const sameSitePosts =
  (publicUrl: string, refuse: (c: Context) => Response | Promise<Response>): MiddlewareHandler =>
  async (c, next) => {
    const isOneClick = /^\/u\/[^/]+$/.test(c.req.path);
    if (c.req.method === 'POST' && !isOneClick && isForeign(c, publicUrl)) return refuse(c);
    return next();
  };
