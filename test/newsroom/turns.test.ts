import { describe, expect, it } from 'vitest';
import { HOUR } from '../../functions/model/time.ts';
import type { StoryFacts } from '../../functions/newsroom/held.ts';
import { EMPTY_MODEL } from '../../functions/newsroom/model/model.ts';
import { OutletWeights } from '../../functions/newsroom/outlets.ts';
import { turnOf } from '../../functions/newsroom/turns.ts';
import { vectorOfText } from '../../functions/newsroom/vector.ts';
import { NewsWindow } from '../../functions/newsroom/window.ts';

const T0 = Date.parse('2026-03-02T08:00:00Z');

const told = (hour: number, ...titles: string[]): StoryFacts[] =>
  titles.map((title, at) => ({
    id: `${hour}-${at}`,
    title,
    summary: '',
    url: `https://www.${'abcdef'[at]}.example/${hour}-${at}`,
    source: 'abcdef'[at] ?? '',
    seenAt: T0 + hour * HOUR,
    sections: [],
    language: 'en',
  }));

/** What became of an event that these stories make, since its last turn at the first hour. */
const turn = (facts: readonly StoryFacts[], about?: string) => {
  const window = new NewsWindow(EMPTY_MODEL);
  window.add(facts);
  const weights = new OutletWeights(window.clusters());
  const cluster = { id: 'e', members: new Set(window.stories), dirty: true, number: -1 };
  const last = { lastTurnAt: T0, about: about === undefined ? undefined : vectorOfText(about, 'en', window.counts) };
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
const BARGAIN = 'Kamara, the best bargain of the league, at the heart of Villa success';
const SACKED = [
  'United sack head coach Amorim after league draw',
  'Head coach Amorim sacked by United',
  'Amorim sacked as head coach of United',
];

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

  // fails without TOLD_BEFORE: a planet that one outlet told of came again when others did
  it('does not come again because others tell what one had told', () => {
    expect(turn([...told(0, FRAUD[0] ?? ''), ...told(20, ...LEAVES)])).toBe('none');
  });

  // fails if OUTLETS are counted in all later stories: three that share a word are no news
  it('takes no turn by stories that tell three things', () => {
    const odd = ['Walz signs a book in Duluth', 'Minnesota choir tours Norway', 'Care of old bicycles'];
    expect(turn([...told(0, ...FRAUD), ...told(20, ...odd)])).toBe('none');
  });

  // fails if an event without its first stories never turns: what went on for over three days had no update
  it('takes a turn also when the stories of its beginning have left the window', () => {
    expect(turn(told(90, ...LEAVES), RACE)).toBe('turn');
    expect(turn(told(90, ...LEAVES), LEAVES.join(' . '))).toBe('none');
    expect(turn(told(90, ...SACKED), RACE)).toBe('another');
    expect(turn(told(90, ...LEAVES))).toBe('none');
  });
});
