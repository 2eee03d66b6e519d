import type { NewsEvent } from '../model/event.ts';
import { type ShelfEntry, shelfId } from '../model/shelf.ts';
import type { Source, SourceId } from '../model/source.ts';
import type { Story, StoryId } from '../model/story.ts';
import { DAY, type Instant } from '../model/time.ts';
import { topicsOf } from './classify.ts';
import { factsOf } from './facts.ts';
import { holdStory } from './held.ts';
import type { Model } from './model/model.ts';
import { TermCounts } from './vector.ts';

/** What the desk remembers of a private source's story: its event was written once and never changes. */
export interface PrivateStory {
  version: number;
  seenAt: Instant;
  position: number;
}

/** A private source's story as an event of its own. It is read with counts of its own, so that it moves nothing that others see. */
export const privateEvent = (story: Story, source: Source, version: number, model: Model): NewsEvent => {
  const held = holdStory(factsOf(story, source), new TermCounts(model.background), model, false);
  return {
    v: 1,
    id: story.id,
    version,
    topics: [...topicsOf(held.trusted)],
    language: held.language,
    outlets: 0,
    tellings: [
      {
        story: story.id,
        source: source.id,
        sourceTitle: source.title,
        outlet: held.outlet,
        title: story.title,
        url: story.url,
        ...(story.sharedUrl ? { sharedUrl: true } : {}),
        access: source.access,
        publishedAt: story.publishedAt ?? story.firstSeenAt,
      },
    ],
    turn: 0,
    firstSeenAt: story.firstSeenAt,
    lastNewsAt: story.firstSeenAt,
    private: true,
  };
};

/** Newest first, then by place in the feed; never so high that it leads before news that many outlets tell. In millionths. */
const scoreOf = ({ seenAt, position }: PrivateStory, now: Instant): number =>
  Math.round(1e6 * (0.1 + 0.08 * (1 - Math.min(1, (now - seenAt) / (7 * DAY))) + 0.02 / (1 + position / 5)));

/** The day's and the week's shelf of one private source. */
export const privateShelves = (
  source: SourceId,
  stories: ReadonlyMap<StoryId, PrivateStory>,
  now: Instant,
): { id: string; entries: ShelfEntry[] }[] =>
  (['day', 'week'] as const).map((span) => {
    const reach = span === 'day' ? DAY : 7 * DAY;
    const entries = [...stories]
      .filter(([, { seenAt }]) => seenAt > now - reach)
      .map(([id, story]): ShelfEntry => [id, story.version, scoreOf(story, now)])
      .sort((a, b) => b[2] - a[2] || (a[0] < b[0] ? -1 : 1))
      .slice(0, 100);
    return { id: shelfId({ of: 'source', source, span }), entries };
  });
