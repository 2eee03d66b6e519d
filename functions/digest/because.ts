import type { Reason } from '../model/digest.ts';
import type { SourceId } from '../model/source.ts';
import type { Taste } from './taste.ts';
import { sourceIn } from './telling-table.ts';
import { firstTopic, firstTopicAmong, type TopicNumber, topicNumber, topicOf } from './topic-numbers.ts';
import type { Wish } from './wishes.ts';

export type Because = Reason['because'];

/** On what ground an event is offered: a wish of the reader's, or one of the places that are kept for others. */
export type Claim = Wish | { kind: 'pick'; note: string } | { kind: 'biggest' } | { kind: 'fill' };

type TopicClaim = Extract<Claim, { kind: 'topic' }>;

const followedTopic = ({ table, topics }: Taste, place: number): TopicNumber =>
  firstTopicAmong(table.topicsOf(place), topics);

/**
 * What an event counts for and stands under when it is offered on a claim: its best topic that the reader follows. On the week's shelf of a topic
 * it stands by what it was when it was biggest; days later it may be read as something else, or as nothing.
 */
export const topicFor = (taste: Taste, place: number, claim: Claim): TopicNumber =>
  followedTopic(taste, place) ||
  (claim.kind === 'topic' ? topicNumber(claim.topic) : firstTopic(taste.table.topicsOf(place)));

/**
 * On the shelf of its second topic an event is not yet due: it comes on that of its first, in the order of what it will stand among. `stands` is
 * what it stands under.
 */
export const isSecondTopic = ({ table }: Taste, place: number, stands: TopicNumber, { topic }: TopicClaim): boolean => {
  const number = topicNumber(topic);
  return stands !== number && firstTopicAmong(table.topicsOf(place), 1 << number) !== 0;
};

const isOwn = ({ sources, table }: Taste, telling: number): boolean =>
  sources.isOwn(sourceIn(table.tellings.factAt(telling)));

/** The biggest event is the reader's own where they follow its topic or a source that tells it. */
const biggest = (taste: Taste, place: number, shown: number, ownSource: Because): Because => {
  const topic = topicOf(followedTopic(taste, place));
  if (topic) {
    return { kind: 'topic', topic };
  }
  return isOwn(taste, shown) ? ownSource : { kind: 'biggest' };
};

/**
 * Why an event that is offered on a claim is in the digest, told of the telling that stands at `shown`; `ownSource` is the reason of who
 * follows that one's source.
 */
export const becauseOf = (
  taste: Taste,
  claim: Claim,
  place: number,
  shown: number,
  ownSource: Because,
  titles: ReadonlyMap<SourceId, string>,
): Because => {
  switch (claim.kind) {
    case 'topic':
      return { kind: 'topic', topic: topicOf(topicFor(taste, place, claim)) ?? claim.topic };
    case 'source':
      return isOwn(taste, shown)
        ? ownSource
        : { kind: 'source', source: claim.source, title: titles.get(claim.source) ?? claim.source };
    case 'everything':
      return ownSource;
    case 'biggest':
      return biggest(taste, place, shown, ownSource);
    case 'fill':
      return { kind: 'fill', topic: topicOf(followedTopic(taste, place)) };
    case 'keyword':
    case 'pick':
      return claim;
    default:
      return claim satisfies never;
  }
};
