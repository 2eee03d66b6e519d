import { describe, expect, it } from 'vitest';
import { chosenInOrder } from '../../functions/model/digest.ts';
import type { Preferences } from '../../functions/model/subscriber.ts';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { aSource, BASE_AT } from '../builders.ts';
import { house, type Room, runRoom, storiesOf, type Told } from './press-room.ts';

const FROM = BASE_AT - DAY;

const sources = [
  ...['herald', 'courier', 'tribune', 'gazette'].map((id) => house(id, 'politics')),
  ...['observer', 'signal', 'beacon'].map((id) => house(id, 'science')),
];

/** A day of news, each event told by some outlets in words of its own. */
const NEWS: Omit<Told, 'at'>[] = [
  { title: 'Parliament passes the harbour bill after a long night', by: ['herald', 'courier', 'tribune'] },
  { title: 'Minister Harlow opens the rebuilt valley dam', by: ['gazette', 'herald'] },
  { title: 'Mayor of Oakford resigns over parking contracts', by: ['tribune', 'courier'] },
  { title: 'Court orders recount in northern district', by: ['herald'] },
  { title: 'Teachers and city agree on new wages', by: ['courier', 'gazette'] },
  { title: 'Telescope finds a planet with two shadows', by: ['observer', 'signal', 'beacon'] },
  { title: 'Vaccine against river fever works in children', by: ['signal', 'beacon'] },
  { title: 'Glacier lake empties in a single afternoon', by: ['observer'] },
  { title: 'Bees remember the faces of gardeners, study says', by: ['beacon', 'observer'] },
];

const FALSE = 'Minister Harlow admits that the valley dam was flooded on purpose';

/** Fifty feeds that readers added themselves, on as many domains. */
const rumours = Array.from({ length: 50 }, (_, at) =>
  aSource({
    id: `prumour${at}`,
    standing: 'private',
    url: `https://rumour-${at}.example/feed`,
    title: `Rumour ${at}`,
  }),
);

const reader = (address: string, preferences: Partial<Preferences>): Room['readers'][number] => ({
  address,
  preferences: { sources: [], topics: [], maxStories: 10, ...preferences },
});

const others = [
  reader('topics@example.com', { topics: ['politics', 'science'] }),
  reader('everything@example.com', { sources: ['*'] }),
  reader('source@example.com', { sources: ['gazette', 'signal'] }),
  reader('keyword@example.com', { keywords: ['harlow', 'valley dam'] }),
  reader('thin@example.com', { topics: ['food'] }),
];
const followers = [
  reader('follower@example.com', { sources: ['prumour7'], topics: ['science'] }),
  reader('believer@example.com', { sources: rumours.map(({ id }) => id) }),
];

/** Every hour of the day one more of the feeds tells it; all of them by noon, each under its own address. */
const planted = rumours.flatMap(({ id }, at) =>
  storiesOf({ at: FROM + (at % 12) * HOUR, title: FALSE, summary: `${FALSE}, sources say.`, by: [id] }),
);

const day = (withRumours: boolean): Room => ({
  sources: withRumours ? [...sources, ...rumours] : sources,
  stories: [
    ...NEWS.flatMap((told, at) => storiesOf({ ...told, at: FROM + (at + 1) * HOUR })),
    ...(withRumours ? planted : []),
  ],
  readers: [...others, ...followers],
  from: FROM,
  everyHours: 1,
  due: [{ at: BASE_AT, period: { kind: 'day', date: '2026-01-05' } }],
});

describe('fifty private feeds with one false story', () => {
  // edit.ts: takeIn leaves out that a source must be of the house
  it('reach their followers and change no other mail by a byte', async () => {
    const [without, with_] = [await runRoom(day(false)), await runRoom(day(true))];
    const mailTo = (mails: typeof with_, address: string) => {
      const [mail, ...more] = mails.filter((each) => each.address === address);
      expect(more).toEqual([]);
      if (!mail) throw new Error(`no mail to ${address}`);
      return mail;
    };
    const titles = (mail: (typeof with_)[number]): string[] =>
      chosenInOrder(mail.sent.selection).flatMap(({ telling, also }) => [telling, ...also].map(({ title }) => title));
    for (const { address } of others) {
      const mail = mailTo(with_, address);
      expect(mail.raw).toBe(mailTo(without, address).raw);
      expect(titles(mail).length).toBeGreaterThan(0);
      expect(titles(mail)).not.toContain(FALSE);
      expect(mail.raw).not.toContain('rumour');
    }
    for (const { address } of followers) {
      expect(titles(mailTo(with_, address))).toContain(FALSE);
      expect(titles(mailTo(without, address))).not.toContain(FALSE);
    }
  });
});
