import { describe, expect, it } from 'vitest';
import { chosenInOrder } from '../../functions/model/digest.ts';
import type { Story } from '../../functions/model/story.ts';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { newStories } from '../../functions/newsroom/new-stories.ts';
import { readFeed } from '../../functions/newsroom/read/read-feed.ts';
import { aSource, BASE_AT } from '../builders.ts';
import { runRoom } from './press-room.ts';

const EPISODES = ['Bees in city gardens', 'How bridges stand', 'The lost harbour', 'Why glaciers sing'];
const FIRST_AT = BASE_AT - 3 * DAY;

/** The stories of a show's feed, read each day: an episode a day under its own guid, every one with the link given. */
const storiesOf = (standing: 'house' | 'private', link: string, kept: number): Story[] => {
  const source = aSource({ id: 'show', standing, url: 'https://show.example/feed', homePage: 'https://show.example/' });
  let known: Uint8Array = new Uint8Array();
  return EPISODES.flatMap((_, day) => {
    const items = EPISODES.slice(Math.max(0, day + 1 - kept), day + 1).map(
      (title) => `<item><title>${title}</title><guid isPermaLink="false">${title}</guid><link>${link}</link></item>`,
    );
    const feed = readFeed(Buffer.from(`<rss><channel><title>A show</title>${items.join('')}</channel></rss>`), {
      headers: {},
      url: source.url,
    });
    if (feed.kind === 'broken') throw new Error(feed.why);
    const brought = newStories({ ...source, lastNewsAt: BASE_AT }, feed, known, FIRST_AT + day * DAY);
    known = brought.known;
    return brought.stories;
  });
};

/** The titles that a follower of the show is mailed, a digest a day. */
const mailed = async (standing: 'house' | 'private', link: string, kept: number): Promise<string[]> => {
  const mails = await runRoom({
    sources: [aSource({ id: 'show', standing })],
    stories: storiesOf(standing, link, kept),
    readers: [{ address: 'a@example.com', preferences: { topics: [], sources: ['show'] } }],
    from: FIRST_AT,
    everyHours: 6,
    due: EPISODES.map((_, day) => ({
      at: FIRST_AT + day * DAY + HOUR,
      period: { kind: 'day', date: new Date(FIRST_AT + day * DAY).toISOString().slice(0, 10) },
    })),
  });
  return mails.flatMap(({ sent }) => chosenInOrder(sent.selection).map(({ telling }) => telling.title));
};

// fails where the address alone tells whether a reader was mailed a story: then one episode comes in fourteen digests
describe.each(['private', 'house'] as const)('a %s show whose episodes share one address', (standing) => {
  it.each([
    ['its page, all episodes kept', 'https://show.example/episodes', 9],
    ['its site, the latest episode alone in the feed', 'https://show.example/', 1],
  ])('comes with each episode, once (%s)', async (_what, link, kept) => {
    expect(await mailed(standing, link, kept)).toEqual(EPISODES);
  });
});
