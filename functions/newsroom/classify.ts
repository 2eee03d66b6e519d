import { TOPICS, type Topic } from '../model/topic.ts';
import type { HeldStory } from './held.ts';
import type { Model } from './model/model.ts';
import { topicOfSection, topicOfUrl } from './topic-signs.ts';

/** Evidence in log odds for each of the twelve topics, in their order. */
export type Evidence = Float64Array;

/** What each sign is worth in log odds, by how often it is right where it speaks. */
const WORTH = { source: 1.5, section: 2.5, url: 3 };
/** A second topic is told if it comes this near to the first. */
const SECOND_WITHIN = 0.7;
/** Below this nothing is told: unsure. */
const LEAST = 0.5;

/** What source, section and address say of a story's topic, before its words are read. */
export const priorOf = ({ facts }: HeldStory): Evidence => {
  const evidence = new Float64Array(TOPICS.length);
  const add = (topic: Topic | undefined, worth: number) => {
    const at = topic ? TOPICS.indexOf(topic) : -1;
    if (at >= 0) evidence[at] = (evidence[at] ?? 0) + worth;
  };
  add(facts.sourceTopic, WORTH.source);
  for (const section of facts.sections.slice(0, 3))
    add(topicOfSection(section), WORTH.section / Math.min(3, facts.sections.length));
  add(topicOfUrl(facts.url), WORTH.url);
  return evidence;
};

/** All evidence for a story's topic. */
export const evidenceOf = (story: HeldStory, _model: Model): Evidence => priorOf(story);

/** The best topic and, where it is close, a second; none when unsure. */
export const topicsOf = (story: HeldStory, model: Model): Topic[] => {
  const evidence = evidenceOf(story, model);
  const ranked = TOPICS.map((topic, i) => ({ topic, worth: evidence[i] ?? 0 })).sort((a, b) => b.worth - a.worth);
  const [first, second] = ranked;
  if (!first || first.worth < LEAST) return [];
  return second && second.worth >= LEAST && first.worth - second.worth < SECOND_WITHIN
    ? [first.topic, second.topic]
    : [first.topic];
};

/** The best topic even if unsure: the first of equals. */
export const bestTopicOf = (story: HeldStory, model: Model): Topic => {
  const evidence = evidenceOf(story, model);
  let best = 0;
  for (let i = 1; i < TOPICS.length; i++) if ((evidence[i] ?? 0) > (evidence[best] ?? 0)) best = i;
  return TOPICS[best] ?? 'world';
};
