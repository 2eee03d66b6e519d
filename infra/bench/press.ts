import { isDeepStrictEqual } from 'node:util';
import PostalMime from 'postal-mime';
import { SES_CLIENT } from '../../functions/adapters/ses.ts';
import { safeUrl } from '../../functions/digest/press/escape.ts';
import { createPress, type FinishedMail, type Press } from '../../functions/digest/press/press.ts';
import type { Brand, DigestView } from '../../functions/model/digest.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { createLinks } from '../../functions/subscribers/links.ts';
import { benchEdition } from './edition.ts';
import { type Measure, median } from './measure.ts';
import { type BenchNews, realNews, sampleNews } from './news.ts';
import { PEERS, type Peer } from './peers/peers.ts';
import { benchReaders, viewer } from './readers.ts';

const BRAND: Brand = {
  name: 'Broadsheet',
  from: 'digest@broadsheet.example',
  postalAddress: 'Broadsheet, Example Street 1, 10115 Berlin',
  contact: 'help@broadsheet.example',
};

/** Monday 23 November 2026, 07:00 in Berlin. */
const AT = Date.UTC(2026, 10, 23, 6);
const READERS = 10_000;
const ROUNDS = 7;
const SAMPLE = 100;

const base64 = (raw: Uint8Array): string => Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString('base64');

/** As our client for SES does it. */
const encode = SES_CLIENT.base64Encoder;

type View = (reader: Subscriber) => DigestView;

const mailOf = (press: Press, view: DigestView): FinishedMail =>
  press.digest(view, { to: view.reader.address, delivery: 'bench', date: AT, unsubscribe: view.links.unsubscribe });

/** Processor time of this thread for each of `count` calls, in microseconds: what others do on the machine counts less. */
const timed = async (count: number, work: (at: number) => unknown): Promise<number> => {
  const before = process.threadCpuUsage();
  for (let at = 0; at < count; at++) {
    const made = work(at);
    if (made instanceof Promise) await made;
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / count;
};

/** Copies and encodes bytes that were made before: what no way of making them can be faster than. */
const floorOf = (mails: readonly Uint8Array[]) => (at: number) => {
  const raw = mails[at % mails.length] ?? new Uint8Array();
  const copy = Buffer.allocUnsafe(raw.length);
  copy.set(raw);
  return base64(copy);
};

const linksIn = (html: string): string[] => {
  const urls = [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, url = '']) =>
    url.replace(/&#x3D;/g, '=').replace(/&amp;/g, '&'),
  );
  return [...new Set(urls)].sort();
};

/** Every hundredth mail is what a press without memory makes, and reads back with its subject and its stories. */
const checkSample = async (press: Press, view: View, readers: readonly Subscriber[]): Promise<void> => {
  for (let at = 0; at < readers.length; at += SAMPLE) {
    const reader = readers[at];
    if (!reader) continue;
    const seen = view(reader);
    const mail = mailOf(press, seen);
    if (!isDeepStrictEqual(mail, mailOf(createPress(BRAND), seen)))
      throw new Error(`bench: mail ${at} is not as made alone`);
    const { subject, html = '' } = await PostalMime.parse(mail.raw);
    const links = [seen.lead, ...seen.sections.flatMap(({ cards }) => cards)].flatMap((card) => card?.story.url ?? []);
    const linked = new Set(linksIn(html));
    if (subject !== mail.subject || !links.every((url) => linked.has(safeUrl(url) ?? '')))
      throw new Error(`bench: mail ${at} does not read back`);
  }
};

/** A peer's mail has our subject, links to all that ours links to and to nothing else, and tells every story in both parts. */
const checkPeer = async (name: string, make: Peer, press: Press, views: readonly DigestView[]): Promise<void> => {
  for (const view of views) {
    const mail = mailOf(press, view);
    const own = await PostalMime.parse(mail.raw);
    const { subject, html = '', text = '' } = await PostalMime.parse(await make(view, mail.subject, BRAND));
    const titles = [view.lead, ...view.sections.flatMap(({ cards }) => cards)].flatMap(
      (card) => card?.story.title ?? [],
    );
    const flat = text.replace(/\s+/g, ' ');
    const told = titles.every((title) => flat.includes(title));
    if (subject !== mail.subject || !told || !isDeepStrictEqual(linksIn(html), linksIn(own.html ?? '')))
      throw new Error(`bench: the mail by ${name} is not the same as ours`);
  }
};

const bytesOf = (news: string, mails: readonly FinishedMail[], stories: number): Measure[] => {
  const mean = mails.reduce((sum, { htmlBytes }) => sum + htmlBytes, 0) / mails.length;
  const each = stories / mails.length;
  return [
    {
      name: `${news}, bytes of HTML a mail, against the 90,000 allowed`,
      ours: mean,
      peer: 90_000,
      ratio: 90_000 / mean,
    },
    {
      name: `${news}, bytes of HTML a story, against the 4,500 allowed for 20`,
      ours: mean / each,
      peer: 4500,
      ratio: (4500 * each) / mean,
    },
  ];
};

/** Calls that take their turn over the same readers again and again. */
const inTurn =
  <Item>(items: readonly Item[], work: (item: Item, at: number) => unknown) =>
  (at: number): unknown => {
    const place = at % items.length;
    const item = items[place];
    return item === undefined ? undefined : work(item, place);
  };

const storiesOf = ({ lead, sections }: DigestView): number =>
  (lead ? 1 : 0) + sections.reduce((sum, { cards }) => sum + cards.length, 0);

/** Some readers of an edition made of some news, and the way from each to what their mail shows. */
const audience = async (news: BenchNews, count: number): Promise<{ readers: Subscriber[]; view: View }> => {
  const edition = await benchEdition(news);
  const readers = benchReaders(count, edition);
  const links = createLinks('https://broadsheet.example', Buffer.alloc(32, 7));
  return { readers, view: await viewer(edition, readers, links) };
};

const checkPeers = async (press: Press, views: readonly DigestView[]): Promise<void> => {
  for (const [name, { make }] of Object.entries(PEERS)) await checkPeer(name, make, press, views);
};

/** Holds every peer's mail against ours, for some readers of the sample feeds. @throws naming the peer whose mail is not the same */
export const comparePeers = async (count: number): Promise<void> => {
  const { readers, view } = await audience(sampleNews(AT), count);
  await checkPeers(createPress(BRAND), readers.map(view));
};

const measuresOf = async (news: BenchNews): Promise<Measure[]> => {
  const { readers, view } = await audience(news, READERS);
  const press = createPress(BRAND);
  await checkSample(press, view, readers);
  const views = readers.slice(0, 1000).map(view);
  await checkPeers(press, views.slice(0, 20));
  const mails = views.map((each) => mailOf(press, each));
  const times = new Map<string, number[]>();
  const note = (name: string, micros: number): void => {
    times.set(name, [...(times.get(name) ?? []), micros]);
  };
  const whole = inTurn(readers, (reader) => encode(mailOf(press, view(reader)).raw));
  const pressed = inTurn(views, (each) => encode(mailOf(press, each).raw));
  const floor = floorOf(mails.map(({ raw }) => Buffer.from(raw)));
  for (let round = 0; round < ROUNDS; round++) {
    note('whole', await timed(READERS, whole));
    note('press', await timed(READERS, pressed));
    note('floor', await timed(READERS, floor));
    for (const [name, { make, readers: count }] of Object.entries(PEERS)) {
      const work = inTurn(views, async (each, at) => base64(await make(each, mails[at]?.subject ?? '', BRAND)));
      note(name, await timed(count, work));
    }
  }
  const body = `${news.name}, subscriber to SES body`;
  const all = (name: string): number[] => times.get(name) ?? [];
  const compared = (name: string, ours: string, peer: string, slower: boolean): Measure => {
    const ratios = all(ours).map((micros, at) => micros / (all(peer)[at] ?? 1));
    const ratio = median(slower ? ratios : ratios.map((each) => 1 / each));
    return { name, ours: median(all(ours)), peer: median(all(peer)), ratio };
  };
  return [
    compared(`${body}: times slower than copying and encoding the same bytes`, 'whole', 'floor', true),
    compared(`${news.name}, view to SES body (press alone): times slower than the same floor`, 'press', 'floor', true),
    ...Object.keys(PEERS).map((name) => compared(`${body}: times faster than ${name}`, 'whole', name, false)),
    ...bytesOf(
      news.name,
      mails,
      views.reduce((sum, each) => sum + storiesOf(each), 0),
    ),
  ];
};

/**
 * From subscriber to the base64 of SES's request (select, links, HTML, text, MIME), against the floor and against others, with an edition of
 * the sample feeds.
 */
export const pressMeasures = (): Promise<Measure[]> => measuresOf(sampleNews(AT));

/** The same with an edition of real feeds. Nothing where they are not there. */
export const realPressMeasures = async (): Promise<Measure[]> => {
  const real = realNews();
  return real ? measuresOf(real) : [];
};
