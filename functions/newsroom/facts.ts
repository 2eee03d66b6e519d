import type { Source } from '../model/source.ts';
import type { Story } from '../model/story.ts';
import { HOUR, type Instant } from '../model/time.ts';
import type { StoryFacts } from './held.ts';

/** Publishers' clocks and our ticks may differ by so much before a story counts as older than our first sight of it. */
const SLACK = 6 * HOUR;

/**
 * When a story became news. First sight, as a rule: dates in feeds lie. But the first answer of a feed holds days of stories at
 * once, and what its publisher dates the day before yesterday is not today's news.
 */
export const newsAt = ({ firstSeenAt, publishedAt }: Pick<Story, 'firstSeenAt' | 'publishedAt'>): Instant =>
  publishedAt !== undefined && publishedAt < firstSeenAt - SLACK ? publishedAt : firstSeenAt;

/** A stored story as the newsroom places it. */
export const factsOf = (story: Story, source: Source): StoryFacts => ({
  id: story.id,
  title: story.title,
  summary: story.summary,
  url: story.url,
  sharedUrl: story.sharedUrl,
  source: story.source,
  seenAt: newsAt(story),
  publishedAt: story.publishedAt,
  position: story.position,
  sections: story.sections,
  language: story.language || source.language,
  sourceTopic: source.topic,
});
