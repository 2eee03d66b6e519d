import type { Measure } from './measure.ts';
import { newsroomMeasures } from './newsroom.ts';
import { pressMeasures, realPressMeasures } from './press.ts';
import { selectMeasures } from './select.ts';
import { startMeasures } from './start.ts';

/** What is measured together: who is compared takes turns within a group. */
export const GROUPS: Readonly<Record<string, () => Measure[] | Promise<Measure[]>>> = {
  'mails of the sample feeds': pressMeasures,
  'mails of real feeds': realPressMeasures,
  selecting: selectMeasures,
  'the start of the sender': startMeasures,
  'the newsroom': newsroomMeasures,
};
