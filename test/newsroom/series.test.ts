import { describe, expect, it } from 'vitest';
import { chosenInOrder } from '../../functions/model/digest.ts';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { aSource, BASE_AT } from '../builders.ts';
import { runRoom, storiesOf } from './press-room.ts';

const DAYS = 4;
const FROM = BASE_AT - DAYS * DAY;

/** The titles that a follower of a show is mailed, a digest a day, when it comes with an issue each day. */
const mailed = async (
  standing: 'house' | 'private',
  issues: readonly string[],
  sharedUrl: boolean,
): Promise<string[]> => {
  const stories = issues.flatMap((title, day) => storiesOf({ at: FROM + day * DAY, title, by: ['show'] }));
  const mails = await runRoom({
    sources: [aSource({ id: 'show', standing })],
    stories: sharedUrl
      ? stories.map((story) => ({ ...story, url: 'https://show.example/listen', sharedUrl: true as const }))
      : stories,
    readers: [{ address: 'a@example.com', preferences: { topics: [], sources: ['show'] } }],
    from: FROM,
    everyHours: 6,
    due: issues.map((_, day) => ({
      at: FROM + day * DAY + HOUR,
      period: { kind: 'day', date: new Date(FROM + day * DAY).toISOString().slice(0, 10) },
    })),
  });
  return mails.flatMap(({ sent }) => chosenInOrder(sent.selection).map(({ telling }) => telling.title));
};

describe.each(['house', 'private'] as const)('the follower of a daily %s show', (standing) => {
  const dated = Array.from({ length: DAYS }, (_, day) => `Up and About: January ${day + 3}, 2026`);
  const numbered = Array.from({ length: DAYS }, (_, day) => `Harbour Talk with Ada Nowak, part ${day + 11}`);

  // fails if areIssues is never true: the issues are one event, and rewrites of the first
  it.each([
    ['numbered', numbered, false],
    ['dated', dated, false],
    ['at one address', numbered, true],
  ])('gets each issue, though only a number in its title changes (%s)', async (_what, issues, sharedUrl) => {
    expect(await mailed(standing, issues, sharedUrl)).toEqual(issues);
  });

  it('gets no issue again that comes again under its own number', async () => {
    const [first = ''] = numbered;
    expect(await mailed(standing, [first, first], false)).toEqual([first]);
  });
});

// fails if isFoldedFor goes by the source alone, or areIssues of the tellings is never true: one issue of the week is left
it.each(['house', 'private'] as const)(
  'a weekly follower of a %s show gets its issues of the week',
  async (standing) => {
    const issues = Array.from({ length: DAYS }, (_, day) => `Harbour Talk with Ada Nowak, part ${day + 11}`);
    const [mail] = await runRoom({
      sources: [aSource({ id: 'show', standing })],
      stories: issues.flatMap((title, day) => storiesOf({ at: FROM + day * DAY, title, by: ['show'] })),
      readers: [
        { address: 'a@example.com', preferences: { cadence: 'weekly', weekday: 1, topics: [], sources: ['show'] } },
      ],
      from: FROM,
      everyHours: 6,
      due: [{ at: BASE_AT, period: { kind: 'week', date: '2026-01-05' } }],
    });
    const titles = mail ? chosenInOrder(mail.sent.selection).map(({ telling }) => telling.title) : [];
    expect(titles.sort()).toEqual(issues);
  },
);
