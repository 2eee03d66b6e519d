import type { Context, Hono } from 'hono';
import type { Subscriber } from '../../model/subscriber.ts';
import { DAY } from '../../model/time.ts';
import { readAddress } from '../address.ts';
import type { Catalogue } from '../catalogue.ts';
import { askNewAddress } from '../change-address.ts';
import { startOfDay } from '../local-time.ts';
import { opmlOf } from '../opml.ts';
import { errorPage } from '../pages/errors.ts';
import { textPage } from '../pages/layout.ts';
import type { WebPorts } from '../ports-of-web.ts';
import { erase, mailLink, pauseUntil, resume, savePreferences, sendNow } from '../preferences.ts';
import { type Fault, type FormValues, forgottenVotes, ownOf, readWishes } from '../wishes.ts';
import { fill, listOf } from '../words/words.ts';
import { changedNames } from './changed-names.ts';
import { showExample } from './example.ts';
import { type ManageDesk, type Manager, manager, refuse, show } from './manager.ts';
import { readWishesForm } from './posted-wishes.ts';
import { backTo, fieldOf, readForm } from './request.ts';
import { comeBackLater } from './slow-down.ts';

const save = async (desk: ManageDesk, c: Context, who: Manager): Promise<Response> => {
  const { ports } = desk;
  const now = ports.clock.now();
  const { form, faults } = await readWishesForm(c);
  const before = who.reader.preferences;
  const own = ownOf(before);
  const catalogue = await desk.catalogue(now);
  // an old link does not show own sources, so its form cannot have dropped them
  const shown = who.fresh ? form : { ...form, sources: [...(form.sources ?? []), ...own] };
  const wishes = readWishes(shown, before, { house: catalogue.house, followed: new Set(before.sources) }, faults);
  if (!wishes.ok) return show(desk, c, who, { form: shown, faults: wishes.faults, status: 400 });
  const outcome = await savePreferences(
    ports,
    who.reader.id,
    {
      preferences: wishes.preferences,
      own: wishes.own,
      forgotten: forgottenVotes(form),
      seen: form.seen && fieldOf(form, 'seen'),
      client: ports.clientOf(c.env),
    },
    now,
  );
  switch (outcome.kind) {
    case 'gone':
      return refuse(desk, c, undefined);
    case 'conflict':
      return overtaken(desk, c, { ...who, reader: outcome.subscriber }, shown, outcome.differ);
    case 'slow-down':
      c.header('Retry-After', String(DAY / 1000));
      return show(desk, c, who, { form: shown, faults: [{ field: 'sources', key: 'sources/today' }], status: 429 });
    case 'repeated':
      return show(desk, c, { ...who, reader: outcome.subscriber }, { banner: [who.frame.words.manage.saved] });
    case 'saved':
      return saved(desk, c, { ...who, reader: outcome.subscriber }, outcome.changed);
    default:
      return outcome satisfies never;
  }
};

type Names = readonly (keyof Subscriber['preferences'])[];

/** Another window saved first: the form comes back as it was filled in, to be saved over that, with a way to what is stored. */
const overtaken = (desk: ManageDesk, c: Context, who: Manager, form: FormValues, differ: Names): Promise<Response> => {
  const { manage } = who.frame.words;
  const what = listOf(who.frame.language, changedNames(who.frame.words, differ));
  const { seen: _, ...typed } = form;
  return show(desk, c, who, {
    banner: [fill(manage.conflict, { what })],
    unsaved: true,
    form: typed,
    status: 409,
  });
};

const saved = (desk: ManageDesk, c: Context, who: Manager, changed: Names): Promise<Response> => {
  const frame = desk.frame(c, who.reader);
  const { manage } = frame.words;
  const what = listOf(frame.language, changedNames(frame.words, changed));
  return show(desk, c, { ...who, frame }, { banner: [`${manage.saved} ${fill(manage.changed, { what })}`] });
};

/** What the next digest would hold with the form as it stands; a forwarded link shows no own sources here either. */
const example = async (desk: ManageDesk, c: Context, who: Manager): Promise<Response> => {
  const { form, faults } = await readWishesForm(c);
  const before = who.reader.preferences;
  const { house } = await desk.catalogue(desk.ports.clock.now());
  const read = readWishes(form, before, { house, followed: new Set(before.sources) }, faults);
  if (!read.ok) return show(desk, c, who, { form, faults: read.faults, status: 400 });
  const { preferences: wishes } = read;
  return showExample(desk.ports, c, { frame: who.frame, wishes, own: who.fresh ? ownOf(before) : [] });
};

/** Nothing of theirs has begun that could pause or come now. */
const notYet = (desk: ManageDesk, c: Context, who: Manager): Promise<Response> =>
  show(desk, c, who, { banner: [who.frame.words.manage.pending], status: 409 });

const pause = async (desk: ManageDesk, c: Context, who: Manager): Promise<Response> => {
  if (who.reader.status.kind === 'pending') return notYet(desk, c, who);
  const now = desk.ports.clock.now();
  const value = fieldOf(await readForm(c), 'until');
  const until = startOfDay(value, who.reader.preferences.zone, now);
  if (until === undefined)
    return show(desk, c, who, { faults: [{ field: 'until', key: 'until' }], until: value, status: 400 });
  const changed = await pauseUntil(desk.ports, who.reader.id, until, now);
  return show(desk, c, { ...who, reader: changed?.after ?? who.reader }, { banner: [who.frame.words.manage.saved] });
};

const goOn = async (desk: ManageDesk, c: Context, who: Manager): Promise<Response> => {
  const changed = await resume(desk.ports, who.reader.id, desk.ports.clock.now());
  return show(desk, c, { ...who, reader: changed?.after ?? who.reader }, { banner: [who.frame.words.manage.resumed] });
};

const now = async (desk: ManageDesk, c: Context, who: Manager): Promise<Response> => {
  const { ports } = desk;
  const { manage } = who.frame.words;
  const client = ports.clientOf(c.env);
  if (who.reader.status.kind === 'pending') return notYet(desk, c, who);
  const asked = await sendNow(ports, { reader: who.reader, client }, ports.clock.now());
  return show(desk, c, who, { banner: [asked ? manage.nowDone : manage.nowLimit] });
};

const fresh = async (desk: ManageDesk, c: Context, who: Manager): Promise<Response> => {
  const { ports } = desk;
  const now = ports.clock.now();
  const taken = await mailLink(ports, who.reader, ports.clientOf(c.env), now);
  if (taken !== 'taken') return show(desk, c, who, { banner: [comeBackLater(c, who.frame, taken, now)], status: 429 });
  return show(desk, c, who, { banner: [who.frame.words.manage.freshDone] });
};

const address = async (desk: ManageDesk, c: Context, who: Manager): Promise<Response> => {
  const { ports } = desk;
  if (!who.fresh) return c.html(errorPage(who.frame, 403), 403);
  const newAddress = fieldOf(await readForm(c), 'email');
  const to = readAddress(newAddress, { allowReserved: ports.allowReserved === true });
  const faults: Fault[] = to.ok ? [] : [{ field: 'email', key: `email/${to.why}` }];
  if (!to.ok) return show(desk, c, who, { faults, newAddress, status: 400 });
  const asked = { subscriber: who.reader, to: to.address, toKey: to.key, client: ports.clientOf(c.env) };
  const now = ports.clock.now();
  const taken = await askNewAddress(ports, asked, now);
  if (taken !== 'taken') {
    const banner = [comeBackLater(c, who.frame, taken, now), who.frame.words.errors.slowKept];
    return show(desk, c, who, { banner, newAddress, status: 429 });
  }
  return show(desk, c, who, { banner: [who.frame.words.manage.addressSent] });
};

const remove = async (desk: ManageDesk, c: Context, who: Manager): Promise<Response> => {
  const { manage } = who.frame.words;
  if (!who.fresh) return c.html(errorPage(who.frame, 403), 403);
  if (fieldOf(await readForm(c), 'sure') !== 'yes')
    return show(desk, c, who, { banner: [manage.eraseUnsure], status: 400 });
  await erase(desk.ports, who.reader, desk.ports.clock.now());
  return c.html(textPage(who.frame, manage.erasedTitle, [manage.erased]));
};

const data = async (desk: ManageDesk, c: Context, who: Manager): Promise<Response> => {
  if (!who.fresh) return c.html(errorPage(who.frame, 403), 403);
  const deliveries = await desk.ports.deliveries.last(who.reader.id, 100);
  c.header('Content-Disposition', 'attachment; filename="broadsheet.json"');
  return c.json({ subscriber: who.reader, deliveries });
};

/** All sources that a reader follows, to take along to another reader or to keep. */
const opml = async (desk: ManageDesk, c: Context, who: Manager): Promise<Response> => {
  if (!who.fresh) return c.html(errorPage(who.frame, 403), 403);
  const { sources } = desk.ports;
  const { house } = await desk.catalogue(desk.ports.clock.now());
  const followed = who.reader.preferences.sources.flatMap((id) => (id === '*' ? [...house.keys()] : [id]));
  const listed = await Promise.all(
    followed.map(async (id) => {
      const source = house.get(id) ?? (await sources.byId(id));
      const url = source?.url ?? (await sources.requested(id))?.url;
      return url === undefined ? [] : [{ title: source?.title || url, url, homePage: source?.homePage }];
    }),
  );
  c.header('Content-Type', 'text/x-opml; charset=utf-8');
  c.header('Content-Disposition', 'attachment; filename="broadsheet.opml"');
  return c.body(await opmlOf(who.frame.brand, listed.flat()));
};

/** `/m/TOKEN`: the page of choices and what can be done from it. GET shows, POST acts. */
export const manageRoutes = (app: Hono, ports: WebPorts, catalogue: (now: number) => Promise<Catalogue>): void => {
  const { desk, withManager } = manager(ports, catalogue);
  app.get(
    '/m/:token',
    withManager((c, who) => show(desk, c, who, {})),
  );
  app.get(
    '/m/:token/data.json',
    withManager((c, who) => data(desk, c, who)),
  );
  app.get(
    '/m/:token/sources.opml',
    withManager((c, who) => opml(desk, c, who)),
  );
  const acts = { example, pause, resume: goOn, now, fresh, address, erase: remove };
  app.post(
    '/m/:token',
    withManager((c, who) => save(desk, c, who)),
  );
  for (const [name, act] of Object.entries(acts)) {
    app.get(`/m/:token/${name}`, backTo('m'));
    app.post(
      `/m/:token/${name}`,
      withManager((c, who) => act(desk, c, who)),
    );
  }
};
