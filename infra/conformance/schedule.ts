import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { dueInstants, nextDue } from '../../functions/digest/due.ts';
import { instantOf } from '../../functions/digest/zone-spans.ts';
import { HOUR, type Instant, iso, MINUTE } from '../../functions/model/time.ts';

/** One row of conformance.json. */
interface Group {
  group: string;
  total: number;
  passed: number;
  failed: string[];
  excluded: { id: string; why: string }[];
}

const kit = z.object({
  daily0700: z.record(z.string(), z.array(z.string())),
  weeklyMon0700: z.record(z.string(), z.array(z.string())),
  transitions: z.array(
    z.object({ zone: z.string(), utc: z.string(), offsetBeforeMin: z.number(), offsetAfterMin: z.number() }),
  ),
  edge: z.array(z.object({ zone: z.string(), local: z.string(), utc: z.string(), gapEnd: z.string().optional() })),
  next: z.array(
    z.object({
      zone: z.string(),
      now: z.string(),
      cadence: z.enum(['daily', 'workdays', 'weekly']),
      isoWeekday: z.number().optional(),
      hour: z.number(),
      next: z.string(),
    }),
  ),
});

type Kit = z.infer<typeof kit>;

const judge = <Case>(
  group: string,
  cases: readonly Case[],
  id: (c: Case) => string,
  ok: (c: Case) => boolean,
): Group => {
  const failed = cases.filter((each) => !ok(each)).map(id);
  return { group, total: cases.length, passed: cases.length - failed.length, failed, excluded: [] };
};

type Series = [zone: string, instants: string[]];

/** Every instant of the span that the kit lists, none more and none less. */
const sameSeries = (cohort: { cadence: 'daily' | 'weekly'; weekday?: number; hour: number }) => (series: Series) => {
  const [zone, expected] = series;
  const first = Date.parse(expected[0] ?? '');
  const last = Date.parse(expected.at(-1) ?? '');
  return (
    dueInstants({ ...cohort, zone }, first, last + 1)
      .map(iso)
      .join() === expected.join()
  );
};

/** The wall clock shows the old offset up to the transition and the new one from it on, a day away from any other. */
const holdsOffset = ({ zone, utc, offsetBeforeMin, offsetAfterMin }: Kit['transitions'][number]): boolean => {
  const at = Date.parse(utc);
  const wallOf = (instant: Instant, offset: number) => instant + offset * MINUTE;
  return (
    instantOf(zone, wallOf(at - 6 * HOUR, offsetBeforeMin)) === at - 6 * HOUR &&
    instantOf(zone, wallOf(at + 6 * HOUR, offsetAfterMin)) === at + 6 * HOUR
  );
};

const wallOf = (local: string): number => Date.parse(`${local}Z`);

/** Runs the calendar of digest/due.ts over the schedule part of a kit directory. */
export const scheduleGroups = (directory: string): Group[] => {
  const cases = kit.parse(JSON.parse(readFileSync(join(directory, 'schedule', 'schedule.json'), 'utf8')));
  const zoneOf = ([zone]: Series) => zone;
  return [
    judge('schedule/daily', Object.entries(cases.daily0700), zoneOf, sameSeries({ cadence: 'daily', hour: 7 })),
    judge(
      'schedule/weekly',
      Object.entries(cases.weeklyMon0700),
      zoneOf,
      sameSeries({ cadence: 'weekly', weekday: 1, hour: 7 }),
    ),
    judge('schedule/transitions', cases.transitions, ({ zone, utc }) => `${zone} ${utc}`, holdsOffset),
    judge(
      'schedule/edge',
      cases.edge,
      ({ zone, local }) => `${zone} ${local}`,
      ({ zone, local, utc, gapEnd }) => [utc, gapEnd].includes(iso(instantOf(zone, wallOf(local)))),
    ),
    judge(
      'schedule/next',
      cases.next,
      ({ zone, now, cadence, hour }) => `${zone} ${now} ${cadence} ${hour}`,
      ({ zone, now, cadence, isoWeekday, hour, next }) =>
        iso(nextDue({ cadence, weekday: isoWeekday, hour, zone }, Date.parse(now))) === next,
    ),
  ];
};
