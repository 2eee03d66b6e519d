import * as fc from 'fast-check';
import { history } from './history.ts';
import { judge } from './judge.ts';
import { liveThrough } from './world.ts';

/** Lives through so many histories, until one breaks a promise. @throws fast-check's report of it, shrunk, with its seed */
export const runHistories = async (of: {
  histories: number;
  seed: number;
  path?: string | undefined;
  /** False: the first failure as it is, without looking for a shorter one. */
  shrink?: boolean;
  /** Told of every life. */
  progress?: () => void;
}): Promise<void> => {
  await fc.assert(
    fc.asyncProperty(history, async (each) => {
      of.progress?.();
      const faults = await judge(each, await liveThrough(each));
      if (faults.length > 0) throw new Error(faults.join('\n'));
    }),
    {
      numRuns: of.histories,
      seed: of.seed,
      endOnFailure: of.shrink === false,
      ...(of.path === undefined ? {} : { path: of.path }),
    },
  );
};
