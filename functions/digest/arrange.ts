import type { Chosen, Heading, Section, Selection } from '../model/digest.ts';
import type { Preferences } from '../model/subscriber.ts';
import type { Topic } from '../model/topic.ts';
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

/** Where a heading stands: topics in the reader's order, keywords in theirs, then sources, picks and what came from outside their choice. */
const placeOf = (heading: Heading, topics: readonly Topic[], keywords: readonly string[]): number => {
  switch (heading.kind) {
    case 'topic':
      return topics.indexOf(heading.topic);
    case 'keyword':
      return topics.length + keywords.indexOf(heading.keyword);
    case 'sources':
      return topics.length + keywords.length;
    case 'picks':
      return topics.length + keywords.length + 1;
    case 'fill':
      return topics.length + keywords.length + 2;
    default:
      return heading satisfies never;
  }
};

/** By value, with the older event first where two have the same. */
const byScore = (a: Chosen, b: Chosen): number => b.score - a.score || (a.event.id < b.event.id ? -1 : 1);

const isOwn = ({ reason }: Chosen): boolean =>
  reason.because.kind === 'topic' || reason.because.kind === 'source' || reason.because.kind === 'keyword';

/** What leads the digest: of the reader's own choice if there is any, covered by more than one outlet if any is, then the strongest. */
const leadOf = (
  reader: Preferences,
  chosen: readonly Chosen[],
  strength: (of: Chosen) => number,
): Chosen | undefined => {
  const everything = followsEverything(reader) && reader.topics.length + namedSources(reader).length === 0;
  const rank = (each: Chosen): number =>
    (isOwn(each) || (everything && each.reason.because.kind === 'biggest') ? 2 : 0) + (each.event.outlets > 1 ? 1 : 0);
  const weighed = chosen.map((each) => ({ each, rank: rank(each), strength: strength(each) }));
  weighed.sort((a, b) => b.rank - a.rank || b.strength - a.strength || byScore(a.each, b.each));
  return weighed[0]?.each;
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
  const topics = topicOrder(reader);
  const sections: (Section | undefined)[] = Array.from({ length: topics.length + reader.keywords.length + 3 });
  for (const each of chosen.toSorted(byScore)) {
    if (each !== lead) {
      const heading = headingOf(reader, each);
      const place = placeOf(heading, topics, reader.keywords);
      const section = sections[place] ?? { heading, chosen: [] };
      section.chosen.push(each);
      sections[place] = section;
    }
  }
  return {
    lead: lead ?? null,
    sections: sections.filter((section) => section !== undefined),
    filled: chosen.some(({ reason }) => reason.because.kind === 'fill'),
  };
};
