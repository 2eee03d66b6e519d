import { createHash } from 'node:crypto';
import { deliverChunk } from '../../functions/digest/deliver.ts';
import { createEditionCache } from '../../functions/digest/edition-cache.ts';
import type { DigestPorts, SentDigest } from '../../functions/digest/ports-of-digest.ts';
import { createPress } from '../../functions/digest/press/press.ts';
import { keywordKey } from '../../functions/model/keyword.ts';
import type { Source } from '../../functions/model/source.ts';
import type { Story } from '../../functions/model/story.ts';
import type { Preferences, Subscriber } from '../../functions/model/subscriber.ts';
import { HOUR, type Instant } from '../../functions/model/time.ts';
import type { Topic } from '../../functions/model/topic.ts';
import { newDesk } from '../../functions/newsroom/desk.ts';
import { editShelves } from '../../functions/newsroom/edit.ts';
import { loadModel } from '../../functions/newsroom/model/load.ts';
import { createLinks } from '../../functions/subscribers/links.ts';
import { aSource, aStory, aSubscriber } from '../builders.ts';
import { chunkFor, NEVER } from '../digest/worker.ts';
import { freePace, memoryPorts } from '../fakes.ts';

/** The whole way from stories to mails with the real editor, sender and press; only the tables and SES are twins in memory. */

export interface Told {
  /** When it is first seen. */
  at: Instant;
  title: string;
  summary?: string;
  /** Ids of sources, in the order in which they tell it, ten minutes apart. */
  by: readonly string[];
}

export const house = (id: string, topic: Topic): Source =>
  aSource({ id, topic, title: `The ${id}`, url: `https://${id}.example/feed` });

export const storiesOf = ({ at, title, summary = '', by }: Told): Story[] =>
  by.map((source, place) => {
    const key = createHash('sha256').update(title).digest('hex').slice(0, 8);
    const firstSeenAt = at + place * 600_000;
    return aStory({ source, title, summary, url: `https://${source}.example/${key}`, firstSeenAt, position: place });
  });

export interface Room {
  sources: readonly Source[];
  stories: readonly Story[];
  readers: readonly { address: string; preferences: Partial<Preferences> }[];
  /** First tick and every how many hours the editor works, until the first of `dueAt` the readers' digests are due. */
  from: Instant;
  everyHours: number;
  /** Of digests that are due one after the other. */
  due: readonly { at: Instant; period: SentDigest['period'] }[];
}

/** Runs a newsroom and its sender; answers what was mailed, in order. */
export const runRoom = async (room: Room): Promise<{ address: string; raw: string; sent: SentDigest }[]> => {
  const ports = memoryPorts({ now: room.from });
  const sent: SentDigest[] = [];
  const sender: DigestPorts = {
    ...ports,
    settle: ports.queues.settle,
    digests: ports.queues.digests,
    letters: ports.queues.letters,
    news: createEditionCache(ports),
    press: createPress({
      name: 'Broadsheet',
      from: 'digest@broadsheet.example',
      postalAddress: 'Example Street 1',
      contact: 'help@broadsheet.example',
    }),
    pace: freePace(),
    links: createLinks('https://broadsheet.example', Buffer.alloc(32, 7)),
    observe: (each) => sent.push(each),
  };
  for (const source of room.sources) await ports.sources.save(source);
  const readers: Subscriber[] = room.readers.map(({ address, preferences }) => aSubscriber({ address, preferences }));
  for (const reader of readers) await ports.subscribers.save(reader);
  const named = readers.flatMap(({ preferences: { sources } }) => sources.filter((id) => id !== '*'));
  await ports.cohorts.follow({
    sources: named,
    keywords: readers.flatMap(({ preferences }) => preferences.keywords.map(keywordKey)),
  });
  const desk = newDesk(loadModel());
  let tick = room.from;
  let read = 0;
  const inOrder = room.stories.toSorted((a, b) => a.firstSeenAt - b.firstSeenAt);
  for (const { at, period } of room.due) {
    for (; tick <= at; tick += room.everyHours * HOUR) {
      const begun = read;
      while ((inOrder[read]?.firstSeenAt ?? Number.POSITIVE_INFINITY) <= tick) read++;
      await ports.stories.save(inOrder.slice(begun, read));
      ports.clock.set(tick);
      await editShelves(ports, desk, tick);
    }
    ports.clock.set(at);
    const edition = (await ports.editions.current())?.number ?? 0;
    await deliverChunk(sender, chunkFor(readers, { dueAt: at, period, edition }), NEVER);
  }
  return ports.mailer.mails.map((mail, place) => {
    const of = sent[place];
    if (!of) throw new Error('a mail that nobody was told of');
    return { address: of.subscriber.address, raw: mail.raw, sent: of };
  });
};
