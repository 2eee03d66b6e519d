import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MUTANTS } from '../../infra/mutants/mutants.ts';

describe('npm run mutants', () => {
  // a fault whose place is gone would end the whole run, which nobody makes every day
  it.each(MUTANTS.map(({ name, file, find }) => ({ name, file, find })))('can put in: $name', ({ file, find }) => {
    expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
  });
});
