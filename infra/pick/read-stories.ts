import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import type { Instant } from '../../functions/model/time.ts';
import type { StoryFacts } from '../../functions/newsroom/held.ts';
import { lineOf } from '../commands/command-line.ts';
import { instantOfDate } from '../instant.ts';

/** As many as a date can hold, before and after 1970. */
const seconds = z.number().min(-8.64e12).max(8.64e12);

const line = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  title: z.string(),
  summary: z.string().nullish(),
  source: z.string().nullish(),
  feed: z.string().nullish(),
  url: z.string().nullish(),
  date: z.string().nullish(),
  ts: seconds.nullish(),
  lastSeen: z.union([z.string(), seconds]).nullish(),
  section: z.string().nullish(),
  language: z.string().nullish(),
});

/** A story of an input file; `seenAt` is NaN where the file gives no date. */
export type PickedStory = StoryFacts;

/** The instant that a date (ISO) or a number of seconds stands for; undefined for what is neither. */
export const instantOf = (value: string | number | null | undefined): Instant | undefined => {
  if (typeof value === 'number') return value * 1000;
  return value ? instantOfDate(value) : undefined;
};

const storyOf = (text: string): PickedStory => {
  const row = line.parse(JSON.parse(text));
  return {
    id: row.id,
    title: row.title,
    summary: (row.summary ?? '').replace(/\s+/g, ' ').trim().slice(0, 400),
    url: row.url ?? '',
    source: [row.source, row.feed].filter(Boolean).join('/'),
    outlet: row.source ?? undefined,
    seenAt: instantOf(row.date) ?? instantOf(row.ts) ?? Number.NaN,
    lastSeenAt: instantOf(row.lastSeen),
    sections: row.section ? [row.section] : [],
    language: row.language ?? '',
  };
};

/** The stories of a .jsonl or .jsonl.gz file. Throws an Error that names the first line that is wrong. */
export const readStories = (path: string): PickedStory[] => {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '');
  return text.split('\n').flatMap((row, i) => {
    if (row.trim() === '') return [];
    try {
      return [storyOf(row)];
    } catch (error) {
      throw new Error(`${path}:${i + 1}: not a story: ${lineOf(error)}`);
    }
  });
};
