import type { Source } from '../model/source.ts';
import type { Story } from '../model/story.ts';
import type { StoryFacts } from './held.ts';

/** A stored story as the newsroom places it. */
export const factsOf = (story: Story, source: Source): StoryFacts => ({
  id: story.id,
  title: story.title,
  summary: story.summary,
  url: story.url,
  source: story.source,
  seenAt: story.firstSeenAt,
  publishedAt: story.publishedAt,
  position: story.position,
  sections: story.sections,
  language: story.language || source.language,
  sourceTopic: source.topic,
});
