import { nightlySpan, partOfNight } from '../../functions/digest/night.ts';
import { newReconciliation } from '../../functions/digest/reconcile.ts';
import type { Instant } from '../../functions/model/time.ts';
import { takeCensus } from '../../functions/subscribers/census.ts';
import type { LocalStack } from '../local/stack.ts';
import { ownThreadTime } from '../local/thread-time.ts';

/** What a night takes of a core, in ms. */
export interface Night {
  /** The census of all subscribers, before the first quarter. */
  censusMs: number;
  /** A quarter: an eighth of the readers, each compared with the ledger. */
  quarterMs: number;
}

const cpuOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = ownThreadTime().cpuMs;
  await work();
  return ownThreadTime().cpuMs - before;
};

/** The census, and one quarter of reading who was due: what is found is not acted upon, for the hours that were not lived through are missing. */
export const measureNight = async ({ ports }: LocalStack, at: Instant): Promise<Night> => {
  const { subscribers } = ports;
  const censusMs = await cpuOf(() => takeCensus(ports, at));
  const quarterMs = await cpuOf(async () => {
    const reconciliation = newReconciliation(ports, nightlySpan(at));
    for await (const page of subscribers.scan(partOfNight(at))) await reconciliation.take(page);
  });
  return { censusMs, quarterMs };
};
