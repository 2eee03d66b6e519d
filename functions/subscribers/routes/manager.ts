import type { Context } from 'hono';
import { isUnread } from '../../model/source.ts';
import { getsMailAt, type Subscriber } from '../../model/subscriber.ts';
import { DAY } from '../../model/time.ts';
import type { Catalogue } from '../catalogue.ts';
import { createLinks } from '../links.ts';
import { dateField } from '../local-time.ts';
import { isPrivateId } from '../own-source.ts';
import type { Frame } from '../pages/layout.ts';
import { managePage } from '../pages/manage.ts';
import { deadLinkPage, endedPage } from '../pages/outcomes.ts';
import { formOf } from '../pages/wishes-form.ts';
import type { WebPorts } from '../ports-of-web.ts';
import { markOf } from '../preferences.ts';
import { type Fault, type FormValues, ownOf } from '../wishes.ts';
import { fill } from '../words/words.ts';
import { fieldOf, frameFor, isManage, tokenFor } from './request.ts';
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

/** A private source by the name that its feed gave it, or by the address that was asked for, where no feed was read yet. */
const privateTitle = async ({ sources }: WebPorts, { words }: Frame, id: string): Promise<string> => {
  const source = await sources.byId(id);
  if (source && !isUnread(source)) return source.title;
  const what = source?.url ?? (await sources.requested(id))?.url ?? id;
  return fill(words.wishes.ownUnread, { what });
};

/** Private sources that a reader follows, voted on or muted, by id. Their names are for fresh links only. */
const privateTitles = async (ports: WebPorts, { reader, frame, fresh }: Manager): Promise<Map<string, string>> => {
  const { preferences } = reader;
  const judged = [...preferences.votes.map(({ on }) => on), ...preferences.mutes];
  const ids = [...ownOf(preferences), ...judged.flatMap((on) => (on.kind === 'source' ? [on.source] : []))];
  const named = fresh ? [...new Set(ids.filter(isPrivateId))] : [];
  return new Map(await Promise.all(named.map(async (id) => [id, await privateTitle(ports, frame, id)] as const)));
};

/** Sources that a reader follows and the catalogue has no more: to be unticked, and no reason to refuse the form. */
const formerSources = (ports: WebPorts, { preferences }: Subscriber, { house }: Catalogue) =>
  Promise.all(
    preferences.sources
      .filter((id) => id !== '*' && !house.has(id) && !isPrivateId(id))
      .map(async (id) => ({ id, title: (await ports.sources.byId(id))?.title ?? id })),
  );

interface Shown {
  banner?: readonly string[];
  form?: FormValues;
  faults?: readonly Fault[];
  /** The form is not what is stored: a link leads there. */
  unsaved?: boolean;
  until?: string;
  newAddress?: string;
  status?: 200 | 400 | 409 | 429;
}

/** The page of choices, with what was just done or what was wrong. */
export const show = async (
  { ports, catalogue }: ManageDesk,
  c: Context,
  who: Manager,
  { banner = [], form, faults = [], unsaved = false, until, newAddress = '', status = 200 }: Shown,
): Promise<Response> => {
  const now = ports.clock.now();
  const known = await catalogue(now);
  const { reader, frame, token, fresh } = who;
  const { zone } = reader.preferences;
  const titles = await privateTitles(ports, who);
  const values = form
    ? { ...formOf(reader.preferences), topics: [], sources: [], reads: [], ...form }
    : formOf(reader.preferences);
  const view = {
    token,
    newAddress,
    subscriber: reader,
    fresh,
    banner,
    refused: banner.length > 0 && status !== 200,
    unsaved,
    // a form that was refused stays the one that was shown at first
    seen: fieldOf(form ?? {}, 'seen') || markOf(reader.preferences),
    standing: await standing(ports, frame, reader),
    values,
    faults,
    catalogue: known,
    prefillZone: false,
    own: [
      ...(fresh ? ownOf(reader.preferences).map((id) => ({ id, title: titles.get(id) ?? id })) : []),
      ...(await formerSources(ports, reader, known)),
    ],
    paused: reader.status.kind === 'paused' && !getsMailAt(reader, now),
    pause: { min: dateField(now + DAY, zone), value: until ?? dateField(now + 7 * DAY, zone) },
    titleOf: (id: string) =>
      isPrivateId(id) ? (titles.get(id) ?? frame.words.wishes.ownUnnamed) : (known.house.get(id)?.title ?? id),
  };
  return c.html(managePage(frame, view, createLinks(ports.publicUrl, ports.keys[0]).unsubscribe(reader)), status);
};
