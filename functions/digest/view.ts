import { cohortOf } from '../model/cohort.ts';
import { deliveryId } from '../model/delivery.ts';
import { type Card, type Chosen, chosenInOrder, type DigestView, type Selection } from '../model/digest.ts';
import type { SourceId } from '../model/source.ts';
import { firstSeenOf, type Story } from '../model/story.ts';
import type { Subscriber } from '../model/subscriber.ts';
import type { Instant } from '../model/time.ts';
import type { Composed } from './compose.ts';
import { nextDue } from './due.ts';
import type { DigestPorts, Due } from './ports-of-digest.ts';
import { NAMED_AFTER, silentFor, silentSince } from './stopped-sources.ts';
import { isScheduled, mailedAtOnce, nextDigest } from './why-not.ts';
import { namedSources } from './wishes.ts';

const KINDS = { day: 'scheduled', week: 'scheduled', welcome: 'welcome', now: 'now' } as const;

/** A story whose row has expired: what the event still tells of it. */
const storyOfTelling = ({ event, telling }: Chosen): Story => ({
  v: 1,
  id: telling.story,
  source: telling.source,
  title: telling.title,
  url: telling.url,
  summary: '',
  sections: [],
  publishedAt: telling.publishedAt,
  firstSeenAt: firstSeenOf(telling.story),
  position: 0,
  language: event.language,
});

/** Pictures of private sources are never shown: nobody vouches for the host that would see the reader. */
const withoutPicture = ({ image: _, ...story }: Story): Story => story;

const cardOf =
  ({ stories }: Composed) =>
  (chosen: Chosen): Card => {
    const story = stories.get(chosen.telling.story) ?? storyOfTelling(chosen);
    return { chosen, story: chosen.event.private ? withoutPicture(story) : story };
  };

/** How many different sources tell what was chosen. */
const sourcesOf = ({ lead, sections }: Selection): number => {
  const sources: SourceId[] = lead ? [lead.telling.source] : [];
  for (const { chosen } of sections) {
    for (const { telling } of chosen) {
      if (!sources.includes(telling.source)) {
        sources.push(telling.source);
      }
    }
  }
  return sources.length;
};

/**
 * Whether a first digest lacks something of the keywords or of the own sources of its reader: shelves for these are made when somebody
 * follows them, with the next edition.
 */
const joiningOf = (
  { selection, sources }: Composed,
  { preferences }: Subscriber,
  { period }: Due,
): DigestView['joining'] => {
  if (period.kind !== 'welcome') {
    return null;
  }
  const told = chosenInOrder(selection);
  const found = new Set(told.map(({ reason: { because } }) => (because.kind === 'keyword' ? because.keyword : '')));
  const from = new Set(told.map(({ telling }) => telling.source));
  const isLacking = (id: SourceId): boolean => sources.get(id)?.standing !== 'house' && !from.has(id);
  const ofSources = namedSources(preferences).some(isLacking);
  if (preferences.keywords.every((keyword) => found.has(keyword))) {
    return ofSources ? 'sources' : null;
  }
  return ofSources ? 'both' : 'keywords';
};

const stoppedSources = ({ sources }: Composed, at: Instant): DigestView['stopped'] => {
  const stopped: DigestView['stopped'] = [];
  for (const source of sources.values()) {
    if (silentFor(source, NAMED_AFTER, at)) {
      stopped.push({ title: source.title, sinceAt: silentSince(source) ?? at });
    }
  }
  return stopped;
};

const linksOf = (links: DigestPorts['links'], reader: Subscriber, due: Due, now: Instant): DigestView['links'] => {
  const own = links.digest(reader, deliveryId(reader.id, due.period), now);
  const { manage } = own;
  return {
    ...own,
    more: `${manage}/more?topic=`,
    less: `${manage}/less?source=`,
  };
};

/** When the digest after this one comes: one that was asked for keeps the next away for six hours. */
const nextAfter = (reader: Subscriber, due: Due): Instant =>
  isScheduled(due)
    ? nextDue(cohortOf(reader.preferences), due.dueAt)
    : nextDigest(reader, due.dueAt, [mailedAtOnce(due)]);

/** All that the press needs to print a digest. `now` is when its links are issued. */
export const digestView = (
  composed: Composed,
  reader: Subscriber,
  due: Due,
  links: DigestPorts['links'],
  now: Instant,
): DigestView => {
  const { selection } = composed;
  const { preferences, address, signedUpAt, status } = reader;
  const card = cardOf(composed);
  return {
    kind: KINDS[due.period.kind],
    language: preferences.language,
    zone: preferences.zone,
    at: due.dueAt,
    lead: selection.lead ? card(selection.lead) : null,
    sections: selection.sections.map(({ heading, chosen }) => ({ heading, cards: chosen.map(card) })),
    filled: selection.filled,
    joining: joiningOf(composed, reader, due),
    sources: sourcesOf(selection),
    format: preferences.format,
    pictures: preferences.pictures,
    reader: {
      address,
      signedUpAt,
      cadence: preferences.cadence,
      weekday: preferences.weekday,
      hour: preferences.hour,
    },
    nextAt: status.kind === 'paused' && status.until > due.dueAt ? null : nextAfter(reader, due),
    stopped: stoppedSources(composed, due.dueAt),
    links: linksOf(links, reader, due, now),
  };
};
