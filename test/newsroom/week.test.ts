import { describe, expect, it } from 'vitest';
import { chosenInOrder } from '../../functions/model/digest.ts';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { BASE_AT } from '../builders.ts';
import { house, runRoom, storiesOf, type Told } from './press-room.ts';

const OUTLETS = ['herald', 'courier', 'tribune', 'gazette', 'observer', 'signal', 'beacon'];

const BIG = 'Earthquake destroys the old port of Marenza';
const TURN = 'Port of Marenza: earthquake rescuers end the search in the old port';

const SMALL = [
  'Cabinet agrees on cheaper trains for pupils',
  'Chess champion loses to a girl of eleven',
  'Bakers strike over the price of flour',
  'Lighthouse sold to a retired sailor',
  'Museum returns a bronze bell to Ruvania',
  'Senate postpones the vote on pensions',
];

describe('a weekly reader', () => {
  // week.ts: DAYS is 2; bestOfWeek keeps what is like a better one
  it('gets the week’s top event first, though it broke six days ago, and its later turn not again', async () => {
    const from = BASE_AT - 6 * DAY - 2 * HOUR;
    const told: Told[] = [
      { at: from + HOUR, title: BIG, summary: 'The old port of Marenza lies in ruins.', by: OUTLETS },
      { at: from + 3 * DAY, title: TURN, summary: 'The old port of Marenza lies in ruins.', by: OUTLETS.slice(0, 3) },
      ...SMALL.map((title, at) => ({
        at: from + (at + 0.5) * DAY,
        title,
        by: [OUTLETS[at] ?? '', OUTLETS[at + 1] ?? ''],
      })),
    ];
    const week = { cadence: 'weekly' as const, weekday: 1, topics: ['world' as const], sources: [], maxStories: 10 };
    const [mail] = await runRoom({
      sources: OUTLETS.map((id) => house(id, 'world')),
      stories: told.flatMap(storiesOf),
      readers: [{ address: 'weekly@example.com', preferences: week }],
      from,
      everyHours: 3,
      due: [{ at: BASE_AT, period: { kind: 'week', date: '2026-01-05' } }],
    });
    const titles = mail ? chosenInOrder(mail.sent.selection).map(({ telling }) => telling.title) : [];
    expect(titles[0]).toBe(BIG);
    expect(titles).not.toContain(TURN);
    expect(titles.length).toBeGreaterThan(4);
  });
});
