import { describe, expect, it } from 'vitest';
import { learnedImportance } from '../../functions/newsroom/importance.ts';
import { NUMBERS, unpackImportance } from '../../functions/newsroom/model/importance.ts';
import { lowest } from '../../infra/train/descend.ts';
import { trainImportance } from '../../infra/train/importance.ts';
import { learnListwise, type RankedDay } from '../../infra/train/listwise.ts';
import { ndcgOf } from '../../infra/train/score-top.ts';

describe('learning importance', () => {
  const event = (word: number, gain: number, id = '') => ({
    features: { numbers: Array(NUMBERS).fill(0), content: new Float32Array(112), told: 0, words: new Map([[word, 1]]) },
    gain,
    ids: [id],
  });
  const days: RankedDay[] = [1, 2, 3].map((day) => ({
    day: `2026-01-0${day}`,
    weight: 1,
    events: [event(7, 3), event(8, 0), event(9, 0)],
  }));

  // fails if addSlope's sign turns
  it('learns the words of worthy events, and the same each time', () => {
    const { words } = learnListwise(days, [7, 8, 9]);
    expect(words[0]).toBeGreaterThan(0.5);
    expect(words[1]).toBeLessThan(0);
    expect(learnListwise(days, [7, 8, 9]).words).toEqual(words);
  });

  // fails if `fading` is left out
  it('believes the later days where they contradict the earlier', () => {
    const worthy = (word: number, month: string): RankedDay[] =>
      Array.from({ length: 8 }, (_, i) => ({
        day: `${month}-0${i + 1}`,
        weight: 1,
        events: [event(7, Number(word === 7)), event(8, Number(word === 8)), event(9, 0)],
      }));
    const model = unpackImportance(trainImportance([...worthy(7, '2026-01'), ...worthy(8, '2026-07')]));
    const of = (word: number) => learnedImportance(event(word, 0).features, model);
    expect(of(8)).toBeGreaterThan(of(7));
    expect(of(7)).toBeGreaterThan(of(9));
  });

  // fails if a step is taken without the slopes
  it('finds the lowest point', () => {
    const at = lowest(
      ([x = 0, y = 0], slopes) => {
        slopes.set([2 * (x - 3), 20 * (y + 1)]);
        return (x - 3) ** 2 + 10 * (y + 1) ** 2;
      },
      2,
      40,
    );
    expect(at[0]).toBeCloseTo(3, 1);
    expect(at[1]).toBeCloseTo(-1, 1);
  });

  // fails if `credited` is not kept
  it('credits a gold event once', () => {
    const gold = [
      { worth: 1, ids: ['a', 'b'] },
      { worth: 1, ids: ['c'] },
    ];
    expect(ndcgOf([['a'], ['c']], gold)).toBeCloseTo(1);
    expect(ndcgOf([['a'], ['b'], ['c']], gold)).toBeLessThan(0.95);
  });
});
