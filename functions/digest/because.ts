import type { Reason } from '../model/digest.ts';
import type { SourceId } from '../model/source.ts';
import type { Topic } from '../model/topic.ts';
import type { Candidate, PreparedTelling } from './candidate.ts';
import { isOwn, type Taste } from './taste.ts';
import type { Wish } from './wishes.ts';

export type Because = Reason['because'];

/** On what ground an event is offered: a wish of the reader's, or one of the places that are kept for others. */
export type Claim = Wish | { kind: 'pick'; note: string } | { kind: 'biggest' } | { kind: 'fill' };

/** What an event counts for and stands under: its best topic that the reader follows, on whichever shelf it was found. */
export const topicFor = (taste: Taste, candidate: Candidate): Topic | null =>
  followedTopic(taste, candidate) ?? candidate.topics[0] ?? null;

const followedTopic = (taste: Taste, { topics }: Candidate): Topic | undefined => {
  for (const topic of topics) {
    if (taste.topics.has(topic)) {
      return topic;
    }
  }
  return undefined;
};

/** The biggest event is the reader's own where they follow its topic or a source that tells it. */
const biggest = (taste: Taste, candidate: Candidate, shown: PreparedTelling): Because => {
  const topic = followedTopic(taste, candidate);
  if (topic) {
    return { kind: 'topic', topic };
  }
  return isOwn(taste, shown) ? shown.ownSource : { kind: 'biggest' };
};

/** Why an event that is offered on a claim is in the digest, told of the telling that is shown. */
export const becauseOf = (
  taste: Taste,
  claim: Claim,
  candidate: Candidate,
  shown: PreparedTelling,
  titles: ReadonlyMap<SourceId, string>,
): Because => {
  switch (claim.kind) {
    case 'topic':
      return { kind: 'topic', topic: topicFor(taste, candidate) ?? claim.topic };
    case 'source':
      return isOwn(taste, shown)
        ? shown.ownSource
        : { kind: 'source', source: claim.source, title: titles.get(claim.source) ?? claim.source };
    case 'everything':
      return shown.ownSource;
    case 'biggest':
      return biggest(taste, candidate, shown);
    case 'fill':
      return { kind: 'fill', topic: followedTopic(taste, candidate) ?? null };
    case 'keyword':
    case 'pick':
      return claim;
    default:
      return claim satisfies never;
  }
};
