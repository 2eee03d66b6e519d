import { describe, expect, it } from 'vitest';
import { HOUR } from '../../functions/model/time.ts';
import type { StoryFacts } from '../../functions/newsroom/held.ts';
import { EMPTY_MODEL } from '../../functions/newsroom/model/model.ts';
import { OutletWeights } from '../../functions/newsroom/outlets.ts';
import { turnOf } from '../../functions/newsroom/turns.ts';
import { vectorOfText } from '../../functions/newsroom/vector.ts';
import { NewsWindow } from '../../functions/newsroom/window.ts';

const T0 = Date.parse('2026-03-02T08:00:00Z');

const toldBy = (sites: string, hour: number, titles: readonly string[]): StoryFacts[] =>
  titles.map((title, at) => ({
    id: `${sites}-${hour}-${at}`,
    title,
    summary: '',
    url: `https://www.${sites[at]}.example/${hour}-${at}`,
    source: sites[at] ?? '',
    seenAt: T0 + hour * HOUR,
    sections: [],
    language: 'en',
  }));

const told = (hour: number, ...titles: string[]): StoryFacts[] => toldBy('abcdef', hour, titles);

/** What became of an event that these stories make, since its last turn at the first hour. */
const turn = (facts: readonly StoryFacts[], { about, anew }: { about?: string; anew?: number } = {}) => {
  const window = new NewsWindow(EMPTY_MODEL);
  window.add(facts);
  const weights = new OutletWeights(window.clusters());
  const cluster = { id: 'e', members: new Set(window.stories), dirty: true, number: -1 };
  const vector = about === undefined ? undefined : vectorOfText(about, 'en', window.counts);
  const last = { lastTurnAt: T0, about: vector, anew };
  return turnOf(cluster, last, weights);
};

const FRAUD = [
  'Minnesota governor Walz in race for third term despite child care fraud',
  'Child care fraud: Walz defends payments before court',
];
const RACE =
  'Minnesota governor Walz in race despite child care fraud. Child care fraud: governor Walz seeks third term';
const LEAVES = [
  'Walz drops out of the race for Minnesota governor',
  'Minnesota governor Walz will not seek third term, drops out of race',
  'Walz drops out of race, seeks no third term',
];
const DROPS = [
  'Walz drops out of the race for Minnesota governor',
  'Walz, Minnesota governor, drops out of race',
  'Minnesota: governor Walz drops out of the race',
];
const BARGAIN = 'Kamara, the best bargain of the league, at the heart of Villa success';
const SACKED = [
  'United sack head coach Amorim after league draw',
  'Head coach Amorim sacked by United',
  'Amorim sacked as head coach of United',
];

const ODD = ['Walz signs a book in Duluth', 'Minnesota choir tours Norway', 'Care of old bicycles'];

describe('an event', () => {
  it('takes a turn when several outlets tell news of the same', () => {
    expect(turn([...told(0, ...FRAUD), ...told(20, ...LEAVES)])).toBe('turn');
    expect(turn([...told(0, ...FRAUD), ...told(5, ...LEAVES)])).toBe('none');
    expect(turn([...told(0, ...FRAUD), ...told(20, ...LEAVES.slice(0, 2))])).toBe('none');
    expect(turn([...told(0, ...LEAVES), ...told(20, ...LEAVES)])).toBe('none');
  });

  // fails if turnOf tells no `another`: the end of a coach was an 'Update' of what one outlet said of a player
  it('becomes another one where what is told now has little to do with what was told', () => {
    expect(turn([...told(0, BARGAIN), ...told(20, ...SACKED)])).toBe('another');
    expect(turn([...told(0, ...FRAUD), ...told(20, ...SACKED)])).toBe('another');
  });

  // fails if `anew` is not asked: the end of one coach was an 'Update' of a week's football, which had been three events before
  it('that went over to another once tells no news of what was read, but a thing of its own', () => {
    expect(turn([...told(0, ...FRAUD), ...told(20, ...LEAVES)], { anew: 1 })).toBe('another');
    expect(turn(told(90, ...LEAVES), { about: RACE, anew: 1 })).toBe('another');
    expect(turn([...told(0, ...DROPS), ...toldBy('def', 20, LEAVES)], { anew: 1 })).toBe('none');
  });

  // fails if MOVED is asked of all stories alone: what other stories said beside it made an anniversary an 'Update' of itself
  it('takes no turn where those who tell alike say again what such said before', () => {
    const sites = 'ghijklmnopqrstuvwxyz';
    const beside = toldBy(
      sites,
      0,
      [...sites].map((site) => `${site}aro${site}u meets ${site}ile${site}o`),
    );
    expect(turn([...told(0, ...DROPS), ...beside, ...toldBy('def', 20, LEAVES)])).toBe('none');
  });

  // fails if notices count: yesterday's answers of a puzzle had today's as their 'Update'
  it('takes no turn by notices', () => {
    const notices = LEAVES.map((title) => `${title}: save 20% off`);
    expect(turn([...told(0, ...FRAUD), ...told(20, ...notices)])).toBe('none');
  });

  // fails without TOLD_BEFORE: a planet that one outlet told of came again when others did
  it('does not come again because others tell what one had told', () => {
    expect(turn([...told(0, FRAUD[0] ?? ''), ...told(20, ...LEAVES)])).toBe('none');
  });

  // fails if OUTLETS are counted in all later stories: three that share a word are no news
  it('takes no turn by stories that tell three things', () => {
    expect(turn([...told(0, ...FRAUD), ...told(20, ...ODD)])).toBe('none');
  });

  // fails if an event without its first stories never turns: what went on for over three days had no update
  it('takes a turn also when the stories of its beginning have left the window', () => {
    expect(turn(told(90, ...LEAVES), { about: RACE })).toBe('turn');
    expect(turn(told(90, ...LEAVES), { about: LEAVES.join(' . ') })).toBe('none');
    expect(turn(told(90, ...SACKED), { about: RACE })).toBe('another');
    expect(turn(told(90, ...LEAVES))).toBe('none');
  });
});
