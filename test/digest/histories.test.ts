import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { runHistories } from '../model/run.ts';

/**
 * A few of the histories of `npm run model`; `npm run mutants` shows which faults of the code they find. Each run has its own seed, which
 * the report of a failure names.
 */
describe('whatever crashes, repeats, stalls or is lost', () => {
  it('every digest ends as design.md promises', async () => {
    const seed = randomInt(2 ** 31);
    let lives = 0;
    await runHistories({ histories: 150, seed, progress: () => lives++ });
    expect(lives).toBe(150);
  });
});
