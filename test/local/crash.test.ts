import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASES } from '../crash/cases.ts';
import { type Cell, cellOf } from '../crash/matrix.ts';
import { openRig, type Rig } from '../crash/rig.ts';

/** Four cells of `npm run crash`: a worker process really dies by SIGKILL, and what SES took is read from the SES process's own file. */

const LONG = 240_000;

describe('a worker that dies', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
  }, LONG);
  afterAll(() => rig.close(), LONG);

  const cell = (name: string, step: string, fault: Cell['fault'], order: Cell['order']) => {
    const of = CASES.find((each) => each.name === name);
    if (!of) throw new Error(`no case ${name}`);
    return cellOf(rig, of, { case: name, step, fault, order });
  };

  it.each([
    ['before SES has the mail', 'SES SendRawEmail 1', 'dies before', 'doubled', 'sent x1, 1 again'],
    ['when SES has it and nobody knows', 'SES SendRawEmail 1', 'dies after', 'doubled', 'sent x1'],
    ['beside another who does the same', 'Deliveries PutItem 1', 'dies after', 'overtaken', 'sent x1, 1 again'],
  ] as const)(
    '%s',
    async (_, step, fault, order, outcome) => {
      expect(await cell('send', step, fault, order)).toMatchObject({ outcome, kept: true });
    },
    LONG,
  );

  it(
    'in the middle of a deletion: the night ends it',
    async () => {
      expect(await cell('deletion, not repeated', 'Subscribers PutItem 1', 'dies after', 'doubled')).toMatchObject({
        outcome: 'gone, address free, mailed x0',
        kept: true,
      });
    },
    LONG,
  );
});
