import type { Context } from 'hono';
import { isUnread } from '../../model/source.ts';
import { getsMailAt, type Subscriber } from '../../model/subscriber.ts';
import { DAY } from '../../model/time.ts';
import type { Catalogue } from '../catalogue.ts';
import { createLinks } from '../links.ts';
import { dateField } from '../local-time.ts';
import type { Frame } from '../pages/layout.ts';
import { managePage } from '../pages/manage.ts';
import { deadLinkPage, endedPage } from '../pages/outcomes.ts';
import { formOf } from '../pages/wishes-form.ts';
import type { WebPorts } from '../ports-of-web.ts';
import { type Fault, type FormValues, ownOf } from '../wishes.ts';
import { frameFor, isManage, tokenFor } from './request.ts';
import { standing } from './standing.ts';

/** Whoever opened the page of choices, and how much the link may do. */
export interface Manager {
  reader: Subscriber;
  frame: Frame;
  token: string;
  /** The link was mailed on request, half a day ago at most. */
  fresh: boolean;
}

/** What the acts of the page need. */
export interface ManageDesk {
  ports: WebPorts;
  catalogue: (now: number) => Promise<Catalogue>;
  frame: (c: Context, reader: Subscriber) => Frame;
}

/** The answer to a link that opens nothing (any more). */
export const refuse = (desk: ManageDesk, c: Context, reader: Subscriber | undefined): Response | Promise<Response> =>
  reader?.status.kind === 'left'
    ? c.html(endedPage(frameFor(desk.ports, c, reader)), 410)
    : c.html(deadLinkPage(frameFor(desk.ports, c)), 404);

type Act = (c: Context, who: Manager) => Response | Promise<Response>;

/** Opens manage links before an act: the purpose, the age and the generation must be right, and the reader still with us. */
export const manager = (ports: WebPorts, catalogue: ManageDesk['catalogue']) => {
  const desk: ManageDesk = { ports, catalogue, frame: (c, reader) => frameFor(ports, c, reader) };
  const withManager =
    (act: Act) =>
    async (c: Context): Promise<Response> => {
      const opened = tokenFor(ports, c, isManage);
      const found = opened && (await ports.subscribers.byId(opened.id));
      const reader = found && found.generation === opened.generation ? found : undefined;
      if (!opened || !reader || reader.status.kind === 'left') return refuse(desk, c, reader);
      const fresh = opened.purpose === 'own';
      return act(c, { reader, frame: frameFor(ports, c, reader), token: c.req.param('token') ?? '', fresh });
    };
  return { desk, withManager };
};

/** Own sources by the name that their feed gave them, or the address that was asked for. */
const ownSources = async (ports: WebPorts, reader: Subscriber): Promise<{ id: string; title: string }[]> =>
  Promise.all(
    ownOf(reader.preferences).map(async (id) => {
      const source = await ports.sources.byId(id);
      if (source) return { id, title: isUnread(source) ? source.url : source.title };
      return { id, title: (await ports.sources.requested(id))?.url ?? id };
    }),
  );

interface Shown {
  banner?: readonly string[];
  form?: FormValues;
  faults?: readonly Fault[];
  until?: string;
  status?: 200 | 400 | 409;
}

/** The page of choices, with what was just done or what was wrong. */
export const show = async (
  { ports, catalogue }: ManageDesk,
  c: Context,
  { reader, frame, token, fresh }: Manager,
  { banner = [], form, faults = [], until, status = 200 }: Shown,
): Promise<Response> => {
  const now = ports.clock.now();
  const known = await catalogue(now);
  const { zone, sources } = reader.preferences;
  const values = form
    ? { ...formOf(reader.preferences), topics: [], sources: [], reads: [], ...form }
    : formOf(reader.preferences);
  const view = {
    token,
    subscriber: reader,
    fresh,
    banner,
    standing: await standing(ports, frame, reader),
    values,
    faults,
    catalogue: known,
    prefillZone: false,
    own: fresh ? await ownSources(ports, reader) : [],
    paused: reader.status.kind === 'paused' && !getsMailAt(reader, now),
    pause: { min: dateField(now + DAY, zone), value: until ?? dateField(now + 7 * DAY, zone) },
    titleOf: (id: string) => known.house.get(id)?.title ?? (sources.some((each) => each === id) ? id : '…'),
  };
  return c.html(managePage(frame, view, createLinks(ports.publicUrl, ports.key).unsubscribe(reader)), status);
};
