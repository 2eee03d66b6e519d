import type { Units } from '../local/meter.ts';
import type { MeasuredDay } from './measure.ts';
import type { SimulatedDay } from './simulate.ts';

/** Ten times the readers may take so many times ten times as much and still count as linear: small runs differ by chance. */
const LINEAR = 1.1;

/** How a figure grows from one size to the next: as many times as the readers would be linear. */
export interface Growth {
  what: string;
  from: number;
  to: number;
  /** The figure's growth over the growth of digests: 1 is linear, below is better. */
  ratio: number;
  linear: boolean;
}

const sum = (units: Record<string, Units>, kind: keyof Units): number =>
  Object.values(units).reduce((total, each) => total + each[kind], 0);

/** Read and write units of a digest, tables and indexes together. */
export const unitsPerDigest = ({ consumed: { table, index }, mails }: MeasuredDay): Units => ({
  read: (sum(table, 'read') + sum(index, 'read')) / mails,
  write: (sum(table, 'write') + sum(index, 'write')) / mails,
});

const FIGURES: [what: string, of: (day: MeasuredDay) => number][] = [
  ['read units', (day) => unitsPerDigest(day).read * day.mails],
  ['write units', (day) => unitsPerDigest(day).write * day.mails],
  ['queue messages', ({ used }) => Object.values(used.queues).reduce((total, { messages }) => total + messages, 0)],
  ['processor time', ({ cpuMsPerDigest, mails }) => cpuMsPerDigest * mails],
  ['peak heap', ({ memory }) => memory.heapMiB],
];

/** The ratios from each size to the next. */
export const growthOf = (days: readonly MeasuredDay[]): Growth[] =>
  days.slice(1).flatMap((larger, at) => {
    const smaller = days[at];
    if (!smaller) return [];
    return FIGURES.map(([what, of]) => {
      const ratio = of(larger) / of(smaller) / (larger.mails / smaller.mails);
      return { what, from: smaller.subscribers, to: larger.subscribers, ratio, linear: ratio <= LINEAR };
    });
  });

/** How far a simulation may be from the run that it is checked against. */
export const TOLERANCE = 0.1;

/** A simulation beside the run that it is of. */
export interface Check {
  subscribers: number;
  /** The run that told what pieces of work take. */
  by: number;
  measuredSeconds: number;
  simulatedSeconds: number;
  /** Of the measured seconds. */
  difference: number;
  within: boolean;
  /** Units that planner and sender consumed. */
  measuredUnits: Units;
  simulatedUnits: Units;
}

/** Compares the time until the last mail, all ticks together. */
export const checkOf = (measured: MeasuredDay, simulated: SimulatedDay, by: number): Check => {
  const difference = simulated.sendingSeconds / measured.sendingSeconds - 1;
  return {
    subscribers: measured.subscribers,
    by,
    measuredSeconds: measured.sendingSeconds,
    simulatedSeconds: simulated.sendingSeconds,
    difference,
    within: Math.abs(difference) <= TOLERANCE && measured.mails === simulated.mails,
    measuredUnits: measured.sending,
    simulatedUnits: simulated.units,
  };
};
