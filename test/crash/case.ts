import type { Consumed } from './queues.ts';
import type { Rig } from './rig.ts';

/** What came of a case, in a few words, and whether it is what design.md promises. */
export interface Verdict {
  outcome: string;
  kept: boolean;
}

/** One flow whose every step a worker is made to die at. */
export interface Case {
  name: string;
  /** Everything before the flow. */
  arrange(rig: Rig): Promise<void>;
  /** What the doomed worker is given; the driver repeats it on a worker that lives. */
  act: { fn: string; event(rig: Rig): unknown } | { queue: Consumed };
  /** Whatever happens afterwards in any world: retries, looks, the next night. */
  after(rig: Rig): Promise<void>;
  judge(rig: Rig): Promise<Verdict>;
}
