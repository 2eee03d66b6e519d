import { HOUR, type Instant, TICK } from '../../functions/model/time.ts';
import { benchEdition } from '../bench/edition.ts';
import { type Check, checkOf, type Growth, growthOf } from './growth.ts';
import { DAY_OF_RUN, type MeasuredDay, measureDay } from './measure.ts';
import { scaleReader } from './readers.ts';
import { type Durations, type SimulatedDay, simulateDay } from './simulate.ts';

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
  check: Check & { durations: Durations };
  simulated: SimulatedDay & { durations: Durations };
}

/**
 * What a call takes in the cloud: no measurement of ours, as nobody has deployed this yet. Two or three times what AWS's services are known to
 * take within a region, so that the simulation errs on the slow side; the processor's time is that of reference hardware for an SDK call of
 * 40 KB and five of the tables.
 */
const CLOUD: Durations = { sesMs: 80, tableMs: 6, cpuMs: 3, oneProcessor: false };

const SIZES = [1_000, 10_000];

const ticksOf = ({ from, hours }: { from: number; hours: number }): Instant[] =>
  Array.from({ length: (hours * HOUR) / TICK }, (_, tick) => DAY_OF_RUN + from * HOUR + tick * TICK);

/** Measures 1,000, 10,000 and the readers asked for, checks the simulation against the last run, and simulates the big readership. */
export const runScale = async (wishes: ScaleRunWishes): Promise<ScaleReport> => {
  const { subscribers, ratePerSecond, progress } = wishes;
  const measured: MeasuredDay[] = [];
  for (const size of [...SIZES.filter((each) => each < subscribers), subscribers]) {
    progress(`measuring ${size} subscribers`);
    measured.push(await measureDay({ ...wishes, subscribers: size, progress }));
  }
  const [last] = measured.slice(-1);
  // times of calls come from another run than the one compared, wherever there is one
  const [from = last] = measured.slice(-2);
  if (!last || !from) throw new Error('nothing was measured');
  const edition = await benchEdition(DAY_OF_RUN);
  const sources = edition.sources.map(({ id }) => id);
  const readerOf = (number: number) => scaleReader(number, sources, DAY_OF_RUN);
  const common = { readerOf, edition, progress: () => undefined };
  const local = { sesMs: from.sesMs, tableMs: from.tableMs, cpuMs: from.cpuMsPerDigest, oneProcessor: true };
  progress('checking the simulation');
  const same = await simulateDay({ ...common, subscribers, ticks: ticksOf(wishes), ratePerSecond, durations: local });
  progress(`simulating ${wishes.simulated} subscribers`);
  const big = await simulateDay({
    ...common,
    subscribers: wishes.simulated,
    ticks: ticksOf({ from: 0, hours: 24 }),
    ratePerSecond: wishes.sesRate,
    durations: CLOUD,
    progress,
  });
  return {
    measured,
    growth: growthOf(measured),
    check: { ...checkOf(last, same), durations: local },
    simulated: { ...big, durations: CLOUD },
  };
};
