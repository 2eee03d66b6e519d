import type { Context, Hono } from 'hono';
import * as z from 'zod';
import type { Subscriber } from '../../model/subscriber.ts';
import { DAY } from '../../model/time.ts';
import { canComeBack, comeBack, leave } from '../leave.ts';
import { dateField, startOfDay } from '../local-time.ts';
import { type Frame, textPage } from '../pages/layout.ts';
import { deadLinkPage, endedPage, leavePage, leftPage, pendingPage } from '../pages/outcomes.ts';
import { pausedPage, pausePage } from '../pages/pause.ts';
import type { WebPorts } from '../ports-of-web.ts';
import { pauseUntil, resume } from '../preferences.ts';
import { backTo, fieldOf, frameFor, isPause, isUnsubscribe, readForm, tokenFor } from './request.ts';
import { standing } from './standing.ts';

const comebacks = z.enum(['same', 'weekly', 'pause']);

const dead = (ports: WebPorts, c: Context) => c.html(deadLinkPage(frameFor(ports, c)), 404);

/** The page after leaving. Its body is not read: a one-click post may be of either form type, or empty. */
const leaveNow = async (ports: WebPorts, c: Context): Promise<Response> => {
  const opened = tokenFor(ports, c, isUnsubscribe);
  if (!opened) return dead(ports, c);
  const now = ports.clock.now();
  const outcome = await leave(ports, opened.id, now);
  const subscriber = await ports.subscribers.byId(opened.id);
  const mayReturn = subscriber !== undefined && !opened.retired && canComeBack(subscriber, now);
  const token = c.req.param('token') ?? '';
  return c.html(leftPage(frameFor(ports, c, subscriber), { token, already: outcome === 'already', mayReturn }));
};

const showLeave = async (ports: WebPorts, c: Context): Promise<Response> => {
  const opened = tokenFor(ports, c, isUnsubscribe);
  if (!opened) return dead(ports, c);
  const subscriber = await ports.subscribers.byId(opened.id);
  const frame = frameFor(ports, c, subscriber);
  const token = c.req.param('token') ?? '';
  if (subscriber && subscriber.status.kind !== 'left') return c.html(leavePage(frame, token));
  const mayReturn = subscriber !== undefined && !opened.retired && canComeBack(subscriber, ports.clock.now());
  return c.html(leftPage(frame, { token, already: true, mayReturn }));
};

/** Why an act on a subscription that runs cannot be done: it has ended, or has not begun. */
const notRunning = (c: Context, frame: Frame, reader: Subscriber | undefined): Response | Promise<Response> =>
  reader?.status.kind === 'pending' ? c.html(pendingPage(frame), 409) : c.html(endedPage(frame), 410);

const back = async (ports: WebPorts, c: Context): Promise<Response> => {
  const opened = tokenFor(ports, c, isUnsubscribe);
  const how = comebacks.safeParse(fieldOf(await readForm(c), 'how'));
  // a key that leaked must not bring anybody back who has just left
  if (!opened || opened.retired || !how.success) return dead(ports, c);
  const subscriber = await comeBack(ports, opened.id, how.data, ports.clock.now());
  if (!subscriber) {
    const reader = await ports.subscribers.byId(opened.id);
    return notRunning(c, frameFor(ports, c, reader), reader);
  }
  const frame = frameFor(ports, c, subscriber);
  return c.html(textPage(frame, frame.words.leave.backTitle, await standing(ports, frame, subscriber)));
};

const readerOfPause = async (ports: WebPorts, c: Context): Promise<Subscriber | undefined> => {
  const opened = tokenFor(ports, c, isPause);
  const subscriber = opened && (await ports.subscribers.byId(opened.id));
  return subscriber && subscriber.generation === opened.generation ? subscriber : undefined;
};

const pause = async (ports: WebPorts, c: Context): Promise<Response> => {
  const now = ports.clock.now();
  const reader = await readerOfPause(ports, c);
  if (!reader) return dead(ports, c);
  const frame = frameFor(ports, c, reader);
  if (reader.status.kind === 'left' || reader.status.kind === 'pending') return notRunning(c, frame, reader);
  const { zone } = reader.preferences;
  const token = c.req.param('token') ?? '';
  const view = { min: dateField(now + DAY, zone), value: dateField(now + 7 * DAY, zone) };
  if (c.req.method !== 'POST') return c.html(pausePage(frame, token, view, []));
  const value = fieldOf(await readForm(c), 'until');
  const until = startOfDay(value, zone, now);
  if (until === undefined)
    return c.html(pausePage(frame, token, { ...view, value }, [{ field: 'until', key: 'until' }]), 400);
  const changed = await pauseUntil(ports, reader.id, until, now);
  return c.html(pausedPage(frame, token, await standing(ports, frame, changed?.after ?? reader)));
};

/** Takes a pause back, by the link that made it. */
const goOn = async (ports: WebPorts, c: Context): Promise<Response> => {
  const reader = await readerOfPause(ports, c);
  if (!reader) return dead(ports, c);
  const frame = frameFor(ports, c, reader);
  const changed = await resume(ports, reader.id, ports.clock.now());
  const after = changed?.after ?? reader;
  if (after.status.kind !== 'active') return notRunning(c, frame, after);
  return c.html(textPage(frame, frame.words.leave.backTitle, await standing(ports, frame, after)));
};

/** `/u/TOKEN` ends a subscription (RFC 8058 one-click as well), `/p/TOKEN` pauses it. GET shows, POST acts. */
export const leaveRoutes = (app: Hono, ports: WebPorts): void => {
  app.get('/u/:token', (c) => showLeave(ports, c));
  app.post('/u/:token', (c) => leaveNow(ports, c));
  app.get('/u/:token/back', backTo('u'));
  app.post('/u/:token/back', (c) => back(ports, c));
  app.get('/p/:token', (c) => pause(ports, c));
  app.post('/p/:token', (c) => pause(ports, c));
  app.get('/p/:token/resume', backTo('p'));
  app.post('/p/:token/resume', (c) => goOn(ports, c));
};
