import { HOUR, type Instant, TICK } from '../../functions/model/time.ts';
import { benchEdition } from '../bench/edition.ts';
import { sampleNews } from '../bench/news.ts';
import { DAY_OF_RUN } from './due-of-run.ts';
import { type Check, checkOf, type Growth, growthOf } from './growth.ts';
import { type MeasuredDay, measureDay } from './measure.ts';
import type { Night } from './night.ts';
import { scaleReader } from './readers.ts';
import { type SimulatedDay, type SimulationWishes, simulateDay } from './simulate.ts';
import type { Durations } from './simulated-machine.ts';

export interface ScaleRunWishes {
  subscribers: number;
  ratePerSecond: number;
  from: number;
  hours: number;
  simulated: number;
  sesRate: number;
  progress: (line: string) => void;
  onError: (error: unknown) => void;
}

/** What was measured and what was simulated, never mixed. */
export interface ScaleReport {
  measured: MeasuredDay[];
  growth: Growth[];
  /** The simulation of each measured run but the first, against it. */
  checks: Check[];
  simulated: SimulatedDay & { durations: Durations; night: Night };
}

/**
 * What calls take in the cloud is no measurement of ours, as nobody has deployed this yet: two or three times what AWS's services are known to
 * take within a region, so that the simulation errs on the slow side. A worker's processor is taken for one of this machine's: the sender has
 * 1,769 MiB, at which Lambda gives one whole.
 */
const CLOUD = { sesMs: 80, tableMs: 6, callMs: 0, invocationMs: 20, otherCalls: 0, oneMachine: false };

const SIZES = [1_000, 10_000];

/** A run before those that count: what the first digests of a process take is the compiler's time, not theirs. */
const WARM_UP = 500;

const ticksOf = ({ from, hours }: { from: number; hours: number }): Instant[] =>
  Array.from({ length: (hours * HOUR) / TICK }, (_, tick) => DAY_OF_RUN + from * HOUR + tick * TICK);

const measureAll = async (wishes: ScaleRunWishes): Promise<MeasuredDay[]> => {
  const { subscribers, progress } = wishes;
  progress(`warming up with ${WARM_UP} subscribers`);
  await measureDay({ ...wishes, subscribers: WARM_UP, progress: () => undefined });
  const measured: MeasuredDay[] = [];
  for (const size of [...SIZES.filter((each) => each < subscribers), subscribers]) {
    progress(`measuring ${size} subscribers`);
    measured.push(await measureDay({ ...wishes, subscribers: size, progress }));
  }
  return measured;
};

type World = Pick<SimulationWishes, 'readerOf' | 'edition'>;

/** Simulates each measured run with what pieces of the work took in the run before it; a run without one before it, with its own. */
export const checkAll = async (
  measured: readonly MeasuredDay[],
  world: World,
  wishes: Pick<ScaleRunWishes, 'from' | 'hours' | 'ratePerSecond' | 'progress'>,
): Promise<Check[]> => {
  const checks: Check[] = [];
  for (const [at, run] of measured.entries()) {
    if (at === 0 && measured.length > 1) continue;
    const { machine, subscribers } = measured[at - 1] ?? run;
    // what work takes is another run's; how much of the machine others left is this one's own
    const { functions, tables } = run.machine.stretch;
    wishes.progress(`checking the simulation with ${run.subscribers} subscribers`);
    const simulated = await simulateDay({
      ...world,
      subscribers: run.subscribers,
      ticks: ticksOf(wishes),
      ratePerSecond: wishes.ratePerSecond,
      durations: {
        callMs: machine.callMs * functions,
        invocationMs: machine.invocationMs * functions,
        digestMs: machine.digestMs * functions,
        tableMs: machine.tableMs * tables,
        otherCalls: machine.otherCalls,
        sesMs: 0,
        oneMachine: true,
      },
      progress: () => undefined,
    });
    checks.push(checkOf(run, simulated, subscribers));
  }
  return checks;
};

/** A night goes through the readers one by one, so it grows as they do. */
const nightOf = ({ night, subscribers: measured }: MeasuredDay, subscribers: number): Night => ({
  censusMs: (night.censusMs / measured) * subscribers,
  quarterMs: (night.quarterMs / measured) * subscribers,
});

/** Measures 1,000, 10,000 and the readers asked for, checks the simulation against these runs, and simulates the big readership. */
export const runScale = async (wishes: ScaleRunWishes): Promise<ScaleReport> => {
  const { simulated, sesRate, progress } = wishes;
  const measured = await measureAll(wishes);
  const [last] = measured.slice(-1);
  if (!last) throw new Error('nothing was measured');
  const edition = await benchEdition(sampleNews(DAY_OF_RUN));
  const sources = edition.sources.map(({ id }) => id);
  const world = { edition, readerOf: (number: number) => scaleReader(number, sources, DAY_OF_RUN) };
  const checks = await checkAll(measured, world, wishes);
  progress(`simulating ${simulated} subscribers`);
  const durations = { ...CLOUD, digestMs: last.senderMsPerDigest };
  const ticks = ticksOf({ from: 0, hours: 24 });
  const day = await simulateDay({
    ...world,
    subscribers: simulated,
    ticks,
    ratePerSecond: sesRate,
    durations,
    progress,
  });
  const night = nightOf(last, simulated);
  return { measured, growth: growthOf(measured), checks, simulated: { ...day, durations, night } };
};
