import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Measure } from './measure.ts';

const RUN = fileURLToPath(new URL('run.ts', import.meta.url));

const measures = z.array(z.object({ name: z.string(), ours: z.number(), peer: z.number(), ratio: z.number() }));

/**
 * Takes a group of measures in a process of its own, as the sender has one: what another group left in memory, and what it taught the
 * compiler of code that both run, made selecting up to twice as slow.
 * @throws with what the process said if it failed
 */
export const measuredApart = (group: string): Measure[] => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [RUN, group], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`bench: measuring ${group} failed: ${stderr}`);
  return measures.parse(JSON.parse(stdout));
};
