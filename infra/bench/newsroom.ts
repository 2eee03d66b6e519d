import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Measure } from './measure.ts';

const DATA = fileURLToPath(new URL('../../../shared/picking/data', import.meta.url));
const RUN = fileURLToPath(new URL('newsroom-run.ts', import.meta.url));

/** What is allowed (issue 4): seconds and MiB for 50,000 real stories, seconds for 200 more. */
const ALLOWED = { seconds: 10, mebibytes: 600, increment: 0.3 };

/** What one run prints: seconds to read, place and rank all stories, seconds to cut the same texts into words, the peak of memory, and seconds for 200 more stories (median). */
const printed = z.object({
  stories: z.number(),
  seconds: z.number(),
  cutting: z.number(),
  mebibytes: z.number(),
  increment: z.number(),
});

/** The newsroom over 50,000 real stories of one day, in a process of its own so that its memory can be told. Nothing where the stories are not there. */
export const newsroomMeasures = (): Measure[] => {
  if (!existsSync(DATA)) return [];
  const { status, stdout, stderr } = spawnSync(process.execPath, [RUN, DATA], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`bench: the newsroom's run failed: ${stderr}`);
  const { stories, seconds, cutting, mebibytes, increment } = printed.parse(JSON.parse(stdout));
  const allowed = (name: string, ours: number, peer: number): Measure => ({ name, ours, peer, ratio: peer / ours });
  return [
    allowed(`${stories} stories classified, clustered, ranked: seconds, against 10 allowed`, seconds, ALLOWED.seconds),
    {
      name: 'the same: times slower than cutting the same texts into words',
      ours: seconds,
      peer: cutting,
      ratio: seconds / cutting,
    },
    allowed('the same: MiB at the peak, against 600 allowed', mebibytes, ALLOWED.mebibytes),
    allowed('200 stories more: seconds, against 0.3 allowed', increment, ALLOWED.increment),
  ];
};
