import type { Context, Hono } from 'hono';
import type { SourceId } from '../../model/source.ts';
import type { Preferences } from '../../model/subscriber.ts';
import { TOPICS } from '../../model/topic.ts';
import type { Catalogue } from '../catalogue.ts';
import { mayLook } from '../limits.ts';
import { isPrivateId } from '../own-source.ts';
import { errorPage } from '../pages/errors.ts';
import { type Frame, textPage } from '../pages/layout.ts';
import type { WebPorts } from '../ports-of-web.ts';
import { readWishes } from '../wishes.ts';
import { mailPage } from './guard.ts';
import { readWishesForm } from './posted-wishes.ts';
import { frameFor } from './request.ts';
import { defaultsFor, showAgain } from './sign-up.ts';

const show = async (ports: WebPorts, c: Context, frame: Frame, wishes: Preferences): Promise<Response> => {
  const page = await ports.example?.(wishes);
  const { noneTitle, none } = frame.words.example;
  return page ? mailPage(c, page) : c.html(textPage(frame, noneTitle, [none]));
};

/**
 * A digest by wishes that somebody put together, as often as a person would look. Of private sources only those of `own` are in it:
 * what others read is nobody's business.
 */
export const showExample = async (
  ports: WebPorts,
  c: Context,
  { frame, wishes, own }: { frame: Frame; wishes: Preferences; own: readonly SourceId[] },
): Promise<Response> => {
  if (!(await mayLook(ports, { client: ports.clientOf(c.env) }, ports.clock.now())))
    return c.html(errorPage(frame, 429), 429);
  const sources = wishes.sources.filter((id) => !isPrivateId(id) || own.includes(id));
  return show(ports, c, frame, { ...wishes, sources });
};

const showForForm = async (ports: WebPorts, c: Context, catalogue: Catalogue): Promise<Response> => {
  const { form, faults } = await readWishesForm(c);
  const frame = frameFor(ports, c);
  const defaults = defaultsFor(ports, c, catalogue, frame.language);
  const read = readWishes(form, defaults, { house: catalogue.house, followed: new Set() }, faults);
  if (!read.ok) return showAgain(ports, c, { form, faults: read.faults, catalogue });
  return showExample(ports, c, { frame, wishes: read.preferences, own: [] });
};

/** `/example`: a digest to look at before signing up. GET shows one of all topics, POST one by the form; neither changes anything. */
export const exampleRoutes = (app: Hono, ports: WebPorts, catalogue: (now: number) => Promise<Catalogue>): void => {
  app.get('/example', async (c) => {
    const frame = frameFor(ports, c);
    const defaults = defaultsFor(ports, c, await catalogue(ports.clock.now()), frame.language);
    return show(ports, c, frame, { ...defaults, topics: [...TOPICS] });
  });
  app.post('/example', async (c) => showForForm(ports, c, await catalogue(ports.clock.now())));
};
