import type { Chosen, Heading, Section, Selection } from '../model/digest.ts';
import type { Preferences } from '../model/subscriber.ts';
import { TOPICS } from '../model/topic.ts';
import { followsEverything, namedSources } from './wishes.ts';

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
const placeOf = (heading: Heading, { topics, keywords }: Preferences): number => {
  const after = topics.length + TOPICS.length;
  switch (heading.kind) {
    case 'topic': {
      const own = topics.indexOf(heading.topic);
      return own >= 0 ? own : topics.length + TOPICS.indexOf(heading.topic);
    }
    case 'keyword':
      return after + keywords.indexOf(heading.keyword);
    case 'sources':
      return after + keywords.length;
    case 'picks':
      return after + keywords.length + 1;
    case 'fill':
      return after + keywords.length + 2;
    default:
      return heading satisfies never;
  }
};

/** By value, with the older event first where two have the same. */
const byScore = (a: Chosen, b: Chosen): number => b.score - a.score || (a.event.id < b.event.id ? -1 : 1);

/** Where the chosen stand, by score. Sorted by insertion: they come nearly in order. */
const inOrder = (chosen: readonly Chosen[]): number[] => {
  const sorted: number[] = [];
  for (const [number, each] of chosen.entries()) {
    let at = sorted.length;
    for (; at > 0; at--) {
      const before = sorted[at - 1] ?? 0;
      const other = chosen[before];
      if (!other || byScore(other, each) < 0) {
        break;
      }
      sorted[at] = before;
    }
    sorted[at] = number;
  }
  return sorted;
};

const isOwn = ({ reason }: Chosen): boolean =>
  reason.because.kind === 'topic' || reason.because.kind === 'source' || reason.because.kind === 'keyword';

/** What leads the digest: of the reader's own choice if there is any, covered by more than one outlet if any is, then the strongest. */
const leadOf = (
  reader: Preferences,
  chosen: readonly Chosen[],
  byValue: readonly number[],
  strengthOf: (at: number) => number,
): Chosen | undefined => {
  const everything = followsEverything(reader) && reader.topics.length + namedSources(reader).length === 0;
  let lead: Chosen | undefined;
  let [highest, strongest] = [-1, 0];
  for (const at of byValue) {
    const each = chosen[at];
    if (!each) {
      continue;
    }
    const isWished = isOwn(each) || (everything && each.reason.because.kind === 'biggest');
    const rank = (isWished ? 2 : 0) + (each.reason.outlets > 1 ? 1 : 0);
    const own = rank < highest ? 0 : strengthOf(at);
    if (rank > highest || (rank === highest && own > strongest)) {
      lead = each;
      [highest, strongest] = [rank, own];
    }
  }
  return lead;
};

interface Placed {
  place: number;
  section: Section;
}

/**
 * Puts what was chosen in order: the lead, then sections in the reader's order, each by value. `strengthOf` says how big one of
 * the chosen is for everybody.
 */
export const arrange = (
  reader: Preferences,
  chosen: readonly Chosen[],
  strengthOf: (at: number) => number,
): Selection => {
  const byValue = inOrder(chosen);
  const lead = leadOf(reader, chosen, byValue, strengthOf);
  const placed: Placed[] = [];
  for (const at of byValue) {
    const each = chosen[at];
    if (each && each !== lead) {
      const heading = headingOf(reader, each);
      const place = placeOf(heading, reader);
      let known: Placed | undefined;
      for (const other of placed) {
        known = other.place === place ? other : known;
      }
      if (known) {
        known.section.chosen.push(each);
      } else {
        placed.push({ place, section: { heading, chosen: [each] } });
      }
    }
  }
  placed.sort((a, b) => a.place - b.place);
  return {
    lead: lead ?? null,
    sections: placed.map(({ section }) => section),
    filled: chosen.some(({ reason }) => reason.because.kind === 'fill'),
  };
};
