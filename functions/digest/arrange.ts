import type { Chosen, Heading, Section, Selection } from '../model/digest.ts';
import type { Preferences } from '../model/subscriber.ts';
import { followsEverything, namedSources, topicOrder } from './wishes.ts';

const headingOf = (reader: Preferences, { reason, topic }: Chosen): Heading => {
  const { because } = reason;
  switch (because.kind) {
    case 'topic':
      return { kind: 'topic', topic: because.topic };
    case 'keyword':
      return { kind: 'keyword', keyword: because.keyword };
    case 'pick':
      return { kind: 'picks' };
    case 'fill':
      return { kind: 'fill' };
    case 'source':
    case 'biggest': {
      const fits = topic !== null && (followsEverything(reader) || reader.topics.includes(topic));
      const elsewhere: Heading = because.kind === 'source' ? { kind: 'sources' } : { kind: 'fill' };
      return fits ? { kind: 'topic', topic } : elsewhere;
    }
    default:
      return because satisfies never;
  }
};

/** Topics in the reader's order, keywords in theirs, then sources, picks and what came from outside their choice. */
const headingsInOrder = (reader: Preferences): Heading[] => [
  ...topicOrder(reader).map((topic): Heading => ({ kind: 'topic', topic })),
  ...reader.keywords.map((keyword): Heading => ({ kind: 'keyword', keyword })),
  { kind: 'sources' },
  { kind: 'picks' },
  { kind: 'fill' },
];

const keyOf = (heading: Heading): string => {
  switch (heading.kind) {
    case 'topic':
      return `topic ${heading.topic}`;
    case 'keyword':
      return `keyword ${heading.keyword}`;
    case 'sources':
    case 'picks':
    case 'fill':
      return heading.kind;
    default:
      return heading satisfies never;
  }
};

/** By value, with the older event first where two have the same. */
const byScore = (a: Chosen, b: Chosen): number => b.score - a.score || (a.event.id < b.event.id ? -1 : 1);

const isOwn = ({ reason }: Chosen): boolean => ['topic', 'source', 'keyword'].includes(reason.because.kind);

/** What leads the digest: of the reader's own choice if there is any, covered by more than one outlet if any is, then the strongest. */
const leadOf = (
  reader: Preferences,
  chosen: readonly Chosen[],
  strength: (of: Chosen) => number,
): Chosen | undefined => {
  const everything = followsEverything(reader) && reader.topics.length + namedSources(reader).length === 0;
  const rank = (each: Chosen): number =>
    (isOwn(each) || (everything && each.reason.because.kind === 'biggest') ? 2 : 0) + (each.event.outlets > 1 ? 1 : 0);
  return chosen.toSorted((a, b) => rank(b) - rank(a) || strength(b) - strength(a) || byScore(a, b))[0];
};

/**
 * Puts what was chosen in order: the lead, then sections in the reader's order, each by value. `strength` says how big an event is for
 * everybody.
 */
export const arrange = (
  reader: Preferences,
  chosen: readonly Chosen[],
  strength: (of: Chosen) => number,
): Selection => {
  const lead = leadOf(reader, chosen, strength);
  const rest = Map.groupBy(chosen.filter((each) => each !== lead).sort(byScore), (each) =>
    keyOf(headingOf(reader, each)),
  );
  const sections = headingsInOrder(reader).flatMap((heading): Section[] => {
    const inside = rest.get(keyOf(heading));
    return inside ? [{ heading, chosen: inside }] : [];
  });
  return { lead: lead ?? null, sections, filled: chosen.some(({ reason }) => reason.because.kind === 'fill') };
};
