import { DAY, type Instant, iso } from '../../functions/model/time.ts';
import type { Topic } from '../../functions/model/topic.ts';
import { CYCLE, type SampleStory } from './cycle.ts';
import { homePageOf, SAMPLE_SOURCES, type SampleSource } from './sources.ts';

/** As many as publishers commonly keep in a feed. */
const NEWEST = 20;

/** A source writes two stories a day at least every week: so far back, every feed is full. */
const DAYS_BACK = 21;

/** 1 January 1970 was a Thursday, the fourth day of the cycle. */
const FIRST_WEEKDAY = 3;

interface Published extends SampleStory {
  publishedAt: Instant;
  url: string;
}

/**
 * The feed of a sample source as its publisher would serve it at `now`: RSS 2.0 or Atom, the newest 20 stories published up
 * to then, newest first. The cycle begins anew every Monday under other addresses. Pictures are linked below `baseUrl`
 * (no slash at its end) and left out without one. Nothing for an id that is no sample source.
 */
export const sampleFeed = (id: string, now: Instant, baseUrl?: string): string | undefined => {
  const source = SAMPLE_SOURCES.find((known) => known.id === id);
  if (!source) return undefined;
  const stories = publishedUpTo(id, now);
  return source.format === 'atom' ? atom(source, stories, baseUrl) : rss(source, stories, baseUrl);
};

const publishedUpTo = (id: string, now: Instant): Published[] => {
  const today = Math.floor(now / DAY);
  return Array.from({ length: DAYS_BACK }, (_, back) => today - back)
    .flatMap((day) => storiesOfDay(id, day))
    .filter(({ publishedAt }) => publishedAt <= now)
    .sort((a, b) => b.publishedAt - a.publishedAt)
    .slice(0, NEWEST);
};

const storiesOfDay = (id: string, day: number): Published[] =>
  (CYCLE[(day + FIRST_WEEKDAY) % CYCLE.length] ?? [])
    .filter(({ source }) => source === id)
    .map((story) => {
      const date = iso(day * DAY)
        .slice(0, 10)
        .replaceAll('-', '/');
      return { ...story, publishedAt: day * DAY + story.offset, url: `${homePageOf(id)}${date}/${slug(story.title)}` };
    });

const slug = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}|['’]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 60)
    .replace(/-$/, '');

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const xml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** What the paper prints over the story; the foreign ones in their own language, as real ones do. */
const SECTIONS: Record<'de' | 'fr', Partial<Record<Topic, string>>> = {
  de: {
    world: 'Ausland',
    politics: 'Politik',
    business: 'Wirtschaft',
    health: 'Gesundheit',
    science: 'Wissen',
    sport: 'Sport',
    entertainment: 'Kultur',
    environment: 'Umwelt',
    travel: 'Reise',
    food: 'Genuss',
  },
  fr: { world: 'Monde', politics: 'Politique', health: 'Santé', entertainment: 'Culture', food: 'Cuisine' },
};

const sectionOf = ({ language }: SampleSource, { topic }: SampleStory): string =>
  (language === 'en' ? undefined : SECTIONS[language][topic]) ?? `${topic.charAt(0).toUpperCase()}${topic.slice(1)}`;

const pictureOf = ({ picture }: SampleStory, baseUrl: string | undefined): string =>
  picture && baseUrl
    ? `<media:content url="${xml(`${baseUrl}/samples/pictures/${picture}`)}" medium="image" type="image/png" width="1104" height="560"/>`
    : '';

const rss = (
  source: SampleSource,
  stories: Published[],
  baseUrl: string | undefined,
): string => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>${xml(source.title)}</title><link>${homePageOf(source.id)}</link>
<description>Sample stories of a country that does not exist.</description><language>${source.language}</language>
${stories
  .map(
    (
      story,
    ) => `<item><title>${xml(story.title)}</title><link>${story.url}</link><guid isPermaLink="true">${story.url}</guid>
<description>${xml(story.summary)}</description><category>${xml(sectionOf(source, story))}</category>
<pubDate>${new Date(story.publishedAt).toUTCString()}</pubDate>${pictureOf(story, baseUrl)}</item>`,
  )
  .join('\n')}
</channel></rss>
`;

const atom = (
  source: SampleSource,
  stories: Published[],
  baseUrl: string | undefined,
): string => `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="${source.language}">
<title>${xml(source.title)}</title><id>${homePageOf(source.id)}</id><link href="${homePageOf(source.id)}"/>
<updated>${iso(stories[0]?.publishedAt ?? 0)}</updated><author><name>${xml(source.title)}</name></author>
${stories
  .map(
    (
      story,
    ) => `<entry><title>${xml(story.title)}</title><id>${story.url}</id><link rel="alternate" href="${story.url}"/>
<summary>${xml(story.summary)}</summary><category term="${xml(sectionOf(source, story))}"/>
<published>${iso(story.publishedAt)}</published><updated>${iso(story.publishedAt)}</updated>${pictureOf(story, baseUrl)}</entry>`,
  )
  .join('\n')}
</feed>
`;
