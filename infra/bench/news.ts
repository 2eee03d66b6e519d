import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { languageOf, type Source } from '../../functions/model/source.ts';
import { makeStoryId, type Story } from '../../functions/model/story.ts';
import { DAY, HOUR, type Instant } from '../../functions/model/time.ts';
import { newStories } from '../../functions/newsroom/new-stories.ts';
import { cutText, htmlToText } from '../../functions/newsroom/read/plain-text.ts';
import { readFeed } from '../../functions/newsroom/read/read-feed.ts';
import { sampleFeed } from '../samples/feed.ts';
import { sampleCatalogue } from '../samples/sources.ts';

/** What an edition is made of. */
export interface BenchNews {
  name: string;
  sources: readonly Source[];
  stories: readonly Story[];
  /** The instant that digests of it are due. */
  at: Instant;
}

const ORIGIN = 'https://samples.example';

/** Three days of feeds, those of the samples looked at every six hours as the fetcher would. */
const SPAN = 3 * DAY;
const STEP = 6 * HOUR;

const followed = (
  entry: Pick<Source, 'id' | 'url' | 'homePage' | 'title' | 'language' | 'access'>,
  at: Instant,
): Source => ({
  ...entry,
  v: 1,
  standing: 'house',
  addedAt: at - 2 * SPAN,
  intervalTicks: 4,
});

/** The sample feeds up to an instant. */
export const sampleNews = (at: Instant): BenchNews => {
  const sources = sampleCatalogue(ORIGIN).map((entry) => followed(entry, at));
  const known = new Map<string, Uint8Array>();
  const stories: Story[] = [];
  for (let until = at - SPAN; until <= at; until += STEP) {
    for (const source of sources) {
      const text = sampleFeed(source.id, until, ORIGIN);
      const feed = readFeed(Buffer.from(text ?? ''), {
        headers: { 'content-type': 'application/xml' },
        url: source.url,
      });
      if ('kind' in feed && feed.kind === 'broken') throw new Error(`sample feed ${source.id} is broken`);
      if (!('entries' in feed)) continue;
      const brought = newStories(source, feed, known.get(source.id) ?? new Uint8Array(), until);
      known.set(source.id, brought.known);
      stories.push(...brought.stories);
    }
  }
  return { name: 'sample feeds', sources, stories, at };
};

const NEWS_DAYS = new URL('../../../shared/newsdays/', import.meta.url);
const REAL_DAYS = ['2026-01-03', '2026-01-04', '2026-01-05'];
const REAL_AT = Date.UTC(2026, 0, 5, 22);

const listed = z.array(z.object({ id: z.string(), url: z.url(), title: z.string(), language: z.string().nullish() }));

const item = z.object({
  feed: z.string(),
  title: z.string(),
  link: z.string(),
  seen: z.iso.datetime(),
  summary: z.string().optional(),
  image: z.string().optional(),
  lang: z.string().optional(),
});

const storyOf = ({ feed, title, link, seen, summary, image, lang }: z.infer<typeof item>): Story => {
  const firstSeenAt = Date.parse(seen);
  const hash = createHash('sha256').update(`${feed} ${link}`).digest('hex');
  return {
    v: 1,
    id: makeStoryId(firstSeenAt, hash),
    source: feed,
    title: cutText(htmlToText(title), 300),
    url: link,
    summary: cutText(htmlToText(summary ?? ''), 400),
    sections: [],
    ...(image ? { image } : {}),
    publishedAt: firstSeenAt,
    firstSeenAt,
    position: 0,
    language: languageOf(lang) || 'en',
  };
};

/** Three days of real feeds up to the evening of the third; nothing where they are not there. */
export const realNews = (): BenchNews | undefined => {
  if (!existsSync(NEWS_DAYS)) return undefined;
  const read = (name: string): Buffer => readFileSync(new URL(name, NEWS_DAYS));
  const feeds = listed.parse(JSON.parse(read('feeds.json').toString('utf8')));
  const sources = feeds.map(({ id, url, title, language }) =>
    followed({ id, url, homePage: url, title, language: languageOf(language ?? ''), access: 'free' }, REAL_AT),
  );
  const lines = REAL_DAYS.flatMap((day) =>
    gunzipSync(read(`${day}.jsonl.gz`))
      .toString('utf8')
      .trim()
      .split('\n'),
  );
  const stories = lines
    .map((line) => storyOf(item.parse(JSON.parse(line))))
    .filter(({ title, url, firstSeenAt }) => title !== '' && /^https?:/.test(url) && firstSeenAt <= REAL_AT);
  return { name: 'three real days', sources, stories, at: REAL_AT };
};
