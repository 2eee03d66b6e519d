import type { Context, Hono } from 'hono';
import { sourceId } from '../../model/source.ts';
import { topic } from '../../model/topic.ts';
import type { Catalogue } from '../catalogue.ts';
import { errorPage } from '../pages/errors.ts';
import { type Offer, votedPage, votePage } from '../pages/vote.ts';
import type { WebPorts } from '../ports-of-web.ts';
import { muteSource, vote } from '../preferences.ts';
import { fill } from '../words/words.ts';
import { type Manager, manager } from './manager.ts';
import { backTo } from './request.ts';

const topicOf = (c: Context) => topic.safeParse(c.req.query('topic')).data;
const sourceOf = (c: Context) => sourceId.safeParse(c.req.query('source')).data;

/** `/m/TOKEN/more?topic=`, `/less?source=` and `/mute?source=`: the links in the mails. GET shows, POST acts. */
export const voteRoutes = (app: Hono, ports: WebPorts, catalogue: (now: number) => Promise<Catalogue>): void => {
  const { withManager } = manager(ports, catalogue);
  const missing = (c: Context, { frame }: Manager) => c.html(errorPage(frame, 404), 404);
  const titleOf = async (id: string): Promise<string> => (await ports.sources.byId(id))?.title ?? '…';
  const lessOffer = async (id: string): Promise<Offer> => ({
    kind: 'less',
    query: `source=${id}`,
    what: await titleOf(id),
  });

  app.get(
    '/m/:token/more',
    withManager((c, who) => {
      const on = topicOf(c);
      if (!on) return missing(c, who);
      return c.html(
        votePage(who.frame, who.token, { kind: 'more', query: `topic=${on}`, what: who.frame.words.topics[on] }),
      );
    }),
  );
  app.post(
    '/m/:token/more',
    withManager(async (c, who) => {
      const on = topicOf(c);
      if (!on) return missing(c, who);
      await vote(ports, who.reader.id, { kind: 'topic', topic: on }, 1, ports.clock.now());
      const { words } = who.frame;
      return c.html(votedPage(who.frame, who.token, fill(words.vote.moreDone, { what: words.topics[on] })));
    }),
  );
  app.get(
    '/m/:token/less',
    withManager(async (c, who) => {
      const id = sourceOf(c);
      return id ? c.html(votePage(who.frame, who.token, await lessOffer(id))) : missing(c, who);
    }),
  );
  const lessens = [
    {
      name: 'less',
      done: 'lessDone',
      lessen: (who: Manager, id: string) =>
        vote(ports, who.reader.id, { kind: 'source', source: id }, -1, ports.clock.now()),
    },
    {
      name: 'mute',
      done: 'muteDone',
      lessen: (who: Manager, id: string) => muteSource(ports, who.reader.id, id, ports.clock.now()),
    },
  ] as const;
  app.get('/m/:token/mute', (c) => backTo('m', `/less?source=${encodeURIComponent(c.req.query('source') ?? '')}`)(c));
  for (const { name, done, lessen } of lessens)
    app.post(
      `/m/:token/${name}`,
      withManager(async (c, who) => {
        const id = sourceOf(c);
        if (!id) return missing(c, who);
        await lessen(who, id);
        const title = fill(who.frame.words.vote[done], { what: await titleOf(id) });
        return c.html(votedPage(who.frame, who.token, title));
      }),
    );
};
