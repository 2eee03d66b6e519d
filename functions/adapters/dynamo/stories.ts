import { firstSeenOf, idFloor, type StoryId, story } from '../../model/story.ts';
import { DAY, type Instant } from '../../model/time.ts';
import type { Stories } from '../../ports.ts';
import type { OpenTable } from './open-table.ts';
import type { ReadPage } from './read-page.ts';
import { dayOf, docOf, expiresAt, KEYS, NEWS_KEPT, readDoc, SPREADS } from './table.ts';

/** The dates from one instant's to another's, UTC. */
const daysBetween = (from: Instant, until: Instant): string[] => {
  const days: string[] = [];
  for (let at = from - (from % DAY); at <= until; at += DAY) days.push(dayOf(at));
  return days;
};

/** Stories, in News, by the day they were first seen and eight shards. */
export const createStories = (news: OpenTable, readPage: ReadPage): Stories => ({
  async save(stories) {
    await news.putAll(
      stories.map((each) => ({
        ...KEYS.story(each.id),
        ...docOf(story.parse(each)),
        ...expiresAt(each.firstSeenAt + NEWS_KEPT),
      })),
    );
  },

  async since(from, until) {
    // nothing older is kept, so nothing older is asked for
    const floor = idFloor(until - NEWS_KEPT);
    const first: StoryId = from > floor ? from : floor;
    const last: StoryId = `${idFloor(until).slice(0, 6)}zzzzzzz`;
    const partitions = daysBetween(firstSeenOf(first), until).flatMap((day) =>
      SPREADS.map((spread) => KEYS.storiesOf(day, spread)),
    );
    const rows = await Promise.all(partitions.map((pk) => news.rows({ pk, from: first, to: last })));
    return readPage(rows.flat(), (row) => readDoc(story, row))
      .filter(({ firstSeenAt }) => firstSeenAt <= until)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  },

  async byIds(ids) {
    const rows = await news.getAll(ids.map(KEYS.story));
    return new Map(readPage(rows, (row) => readDoc(story, row)).map((each) => [each.id, each]));
  },
});
