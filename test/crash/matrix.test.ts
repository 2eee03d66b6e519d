import { afterAll, beforeAll, expect, it } from 'vitest';
import { CASES } from './cases.ts';
import { atsOf, cellOf, stepsOf } from './matrix.ts';
import { openRig, type Rig } from './rig.ts';

/** Of each flow one cell: `npm run crash` tries them all, in half an hour, and must not rot between its runs. */

let rig: Rig;

beforeAll(async () => {
  rig = await openRig();
});

afterAll(() => rig?.close());

// fails if the news of the rig's next morning are told in the words of the day before: whoever had these is mailed nothing
it.each(CASES.map((of) => [of.name, of] as const))(
  '%s, broken off at its last step',
  async (_, of) => {
    const at = atsOf(of, await stepsOf(rig, of)).at(-1);
    if (!at) throw new Error(`${of.name} has no steps`);
    expect(await cellOf(rig, of, at)).toMatchObject({ kept: true });
  },
  60_000,
);
