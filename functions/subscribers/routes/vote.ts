import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { sourceId } from '../../model/source.ts';
import { topic } from '../../model/topic.ts';
import type { Catalogue } from '../catalogue.ts';
import { errorPage } from '../pages/errors.ts';
import { type Offer, undonePage, votedPage, votePage } from '../pages/vote.ts';
import type { WebPorts } from '../ports-of-web.ts';
import { muteSource, unmuteSource, type Voted, vote, votedOn, weightOf } from '../votes.ts';
import type { FormValues } from '../wishes.ts';
import { fill } from '../words/words.ts';
import { type Manager, manager } from './manager.ts';
import { backTo, fieldOf, readForm } from './request.ts';

/** What a link in a mail votes on, by what its address names. */
interface Ballot {
  kind: 'more' | 'less';
  on: Voted;
  /** As in the address. */
  query: string;
  /** What it is called. */
  what: string;
}

const ballots = (ports: WebPorts) => {
  const ofTopic = ({ frame }: Manager, c: Context): Ballot | undefined => {
    const on = topic.safeParse(c.req.query('topic')).data;
    return on && { kind: 'more', on: { kind: 'topic', topic: on }, query: `topic=${on}`, what: frame.words.topics[on] };
  };
  const ofSource = async (c: Context): Promise<(Ballot & { source: string }) | undefined> => {
    const source = sourceId.safeParse(c.req.query('source')).data;
    if (source === undefined) return undefined;
    const what = (await ports.sources.byId(source))?.title ?? '…';
    return { kind: 'less', on: { kind: 'source', source }, query: `source=${source}`, what, source };
  };
  return { ofTopic, ofSource };
};

const weight = z.enum(['-2', '-1', '0', '1', '2']).transform(Number);

/** A weight that the form names; by default that of one vote on from where it stands, for forms that say none. */
const weightIn = (form: FormValues, name: string, otherwise: number): number =>
  weight.safeParse(fieldOf(form, name)).data ?? otherwise;

const offerOf = ({ reader: { preferences } }: Manager, { kind, on, query, what }: Ballot): Offer => {
  const was = weightOf(preferences, on);
  const offer = { query, what, was, weight: votedOn(was, kind === 'more' ? 1 : -1) };
  if (kind === 'more') return { kind, ...offer };
  return { kind, ...offer, followed: on.kind === 'source' && preferences.sources.includes(on.source) };
};

/**
 * `/m/TOKEN/more?topic=`, `/less?source=` and `/mute?source=`: the links in the mails; `/unmute?source=` takes a mute back. GET shows,
 * POST acts.
 */
export const voteRoutes = (app: Hono, ports: WebPorts, catalogue: (now: number) => Promise<Catalogue>): void => {
  const { withManager } = manager(ports, catalogue);
  const { ofTopic, ofSource } = ballots(ports);
  const missing = (c: Context, { frame }: Manager) => c.html(errorPage(frame, 404), 404);

  for (const kind of ['more', 'less'] as const) {
    const ballotOf = async (c: Context, who: Manager) => (kind === 'more' ? ofTopic(who, c) : ofSource(c));
    app.get(
      `/m/:token/${kind}`,
      withManager(async (c, who) => {
        const ballot = await ballotOf(c, who);
        return ballot ? c.html(votePage(who.frame, who.token, offerOf(who, ballot))) : missing(c, who);
      }),
    );
    app.post(
      `/m/:token/${kind}`,
      withManager(async (c, who) => {
        const ballot = await ballotOf(c, who);
        if (!ballot) return missing(c, who);
        const form = await readForm(c);
        const offer = offerOf(who, ballot);
        await vote(ports, who.reader.id, ballot.on, weightIn(form, 'weight', offer.weight), ports.clock.now());
        if (form.undo) return c.html(undonePage(who.frame, who.token));
        const title = fill(who.frame.words.vote[`${kind}Done`], { what: ballot.what });
        const hidden = { weight: String(weightIn(form, 'was', offer.was)), undo: 'yes' };
        return c.html(votedPage(who.frame, who.token, title, { act: kind, query: ballot.query, hidden }));
      }),
    );
  }
  for (const act of ['mute', 'unmute'])
    app.get(`/m/:token/${act}`, (c) =>
      backTo('m', `/less?source=${encodeURIComponent(c.req.query('source') ?? '')}`)(c),
    );
  app.post(
    '/m/:token/mute',
    withManager(async (c, who) => {
      const ballot = await ofSource(c);
      if (!ballot) return missing(c, who);
      const followed = (await readForm(c)).followed ? { followed: 'yes' } : {};
      await muteSource(ports, who.reader.id, ballot.source, ports.clock.now());
      const title = fill(who.frame.words.vote.muteDone, { what: ballot.what });
      return c.html(votedPage(who.frame, who.token, title, { act: 'unmute', query: ballot.query, hidden: followed }));
    }),
  );
  app.post(
    '/m/:token/unmute',
    withManager(async (c, who) => {
      const ballot = await ofSource(c);
      if (!ballot) return missing(c, who);
      const followed = (await readForm(c)).followed !== undefined;
      await unmuteSource(ports, who.reader.id, { source: ballot.source, followed }, ports.clock.now());
      return c.html(undonePage(who.frame, who.token));
    }),
  );
};
