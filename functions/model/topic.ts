import * as z from 'zod';

/** The twelve topics a reader can follow, in the order in which pages and mails show them. */
export const TOPICS = [
  'world',
  'politics',
  'business',
  'technology',
  'science',
  'health',
  'sport',
  'entertainment',
  'environment',
  'travel',
  'food',
  'lifestyle',
] as const;

export const topic = z.enum(TOPICS);

/** The slug of a reader topic. */
export type Topic = z.infer<typeof topic>;
