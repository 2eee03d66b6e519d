import type { Context, Hono } from 'hono';
import { mailedAtOnce, nextDigest } from '../../digest/why-not.ts';
import type { Subscriber, SubscriberId } from '../../model/subscriber.ts';
import type { Instant } from '../../model/time.ts';
import { readAddress } from '../address.ts';
import { takeNewAddress } from '../change-address.ts';
import { confirm } from '../confirm.ts';
import { createLinks } from '../links.ts';
import { dateField, localMoment } from '../local-time.ts';
import { addressPage, addressTakenPage, newAddressPage } from '../pages/address.ts';
import type { Frame } from '../pages/layout.ts';
import { confirmedPage, confirmPage, deadLinkPage, endedPage, linkSentPage, lostPage } from '../pages/outcomes.ts';
import type { WebPorts } from '../ports-of-web.ts';
import { LOOKED_BACK, mailLinkTo } from '../preferences.ts';
import { fieldOf, frameFor, isAddress, isConfirm, readForm, tokenFor } from './request.ts';
import { comeBackLater } from './slow-down.ts';

const dead = (ports: WebPorts, c: Context): Promise<Response> | Response =>
  c.html(deadLinkPage(frameFor(ports, c)), 404);

/** The page of a letter's link in the language of the letter, whatever the browser speaks. */
const frameOfReader = async (ports: WebPorts, c: Context, id: SubscriberId): Promise<Frame> =>
  frameFor(ports, c, await ports.subscribers.byId(id));

/** When the digest after the welcome comes: not within six hours of it. */
const nextAfterWelcome = async (ports: WebPorts, subscriber: Subscriber, now: Instant): Promise<Instant> => {
  const { id, preferences, confirmedAt = now } = subscriber;
  const period = { kind: 'welcome' as const, date: dateField(confirmedAt, preferences.zone) };
  const welcome = ports.welcome ? [mailedAtOnce({ period, dueAt: confirmedAt })] : [];
  return nextDigest(subscriber, now, [...(await ports.deliveries.last(id, LOOKED_BACK)), ...welcome]);
};

const confirmNow = async (ports: WebPorts, c: Context): Promise<Response> => {
  const token = tokenFor(ports, c, isConfirm);
  if (!token) return dead(ports, c);
  const now = ports.clock.now();
  const outcome = await confirm(ports, token.id, now);
  if (outcome.kind === 'inactive') return c.html(endedPage(await frameOfReader(ports, c, token.id)), 410);
  const { zone, language } = outcome.subscriber.preferences;
  const nextAt = localMoment(await nextAfterWelcome(ports, outcome.subscriber, now), zone, language);
  // a link given out before the address was changed must not open the choices of today
  const isFirst = outcome.subscriber.generation === 0;
  const choices = isFirst ? createLinks(ports.publicUrl, ports.keys[0]).manage(outcome.subscriber, now) : undefined;
  return c.html(confirmedPage(frameFor(ports, c, outcome.subscriber), { nextAt, welcome: ports.welcome, choices }));
};

const takeAddress = async (ports: WebPorts, c: Context): Promise<Response> => {
  const token = tokenFor(ports, c, isAddress);
  if (!token) return dead(ports, c);
  const outcome = await takeNewAddress(ports, token, ports.clock.now());
  switch (outcome.kind) {
    case 'dead':
      return dead(ports, c);
    case 'taken':
      return c.html(addressTakenPage(await frameOfReader(ports, c, token.id)), 409);
    case 'changed':
      return c.html(newAddressPage(frameFor(ports, c, outcome.subscriber), outcome.subscriber.address));
    default:
      return outcome satisfies never;
  }
};

const mailLink = async (ports: WebPorts, c: Context): Promise<Response> => {
  const email = fieldOf(await readForm(c), 'email');
  const address = readAddress(email, { allowReserved: ports.allowReserved === true });
  const frame = frameFor(ports, c);
  if (!address.ok)
    return c.html(lostPage(frame, { email, faults: [{ field: 'email', key: `email/${address.why}` }] }), 400);
  const client = ports.clientOf(c.env);
  const now = ports.clock.now();
  const taken = await mailLinkTo(ports, { addressKey: address.key, client }, now);
  if (taken === 'taken') return c.html(linkSentPage(frame, address.address));
  const refusal = [comeBackLater(c, frame, taken, now), frame.words.errors.slowKept];
  return c.html(lostPage(frame, { email, refusal }), 429);
};

/** `/c/TOKEN` starts a subscription, `/a/TOKEN` moves it to another address, `/link` mails a link. GET shows, POST acts. */
export const confirmRoutes = (app: Hono, ports: WebPorts): void => {
  app.get('/c/:token', async (c) => {
    const token = tokenFor(ports, c, isConfirm);
    if (!token) return dead(ports, c);
    const reader = await ports.subscribers.byId(token.id);
    const frame = frameFor(ports, c, reader);
    // no button that would say it ended: of whoever left it begins nothing
    const ended = reader?.status.kind === 'left';
    return ended ? c.html(endedPage(frame), 410) : c.html(confirmPage(frame, c.req.param('token')));
  });
  app.post('/c/:token', (c) => confirmNow(ports, c));
  app.get('/a/:token', async (c) => {
    const token = tokenFor(ports, c, isAddress);
    if (!token) return dead(ports, c);
    return c.html(addressPage(await frameOfReader(ports, c, token.id), c.req.param('token'), token.to));
  });
  app.post('/a/:token', (c) => takeAddress(ports, c));
  app.get('/link', (c) => c.html(lostPage(frameFor(ports, c), {})));
  app.post('/link', (c) => mailLink(ports, c));
};
