import { parseArgs } from 'node:util';
import { TOLERANCE, unitsPerDigest } from '../scale/growth.ts';
import type { MeasuredDay, SentTick } from '../scale/measure.ts';
import { runScale, type ScaleReport } from '../scale/run.ts';
import { complainer, lineOf, runCommand, wholeNumber } from './command-line.ts';

const HELP = `npm run scale -- --subscribers N [--rate 50] [--from 0] [--hours 24] [--simulate 1000000] [--ses-rate 500] [--json]

Writes N readers into the tables and lives through a day of theirs: the real planner, queue, sender and feedback on the
emulators, at an SES of 50 mails a second; before that the same with 1,000 and 10,000, to see how figures grow. Then the
same planner, chunks, rate and sender in virtual time: first for the run just measured, which it must meet within ${TOLERANCE * 100} %,
then for a million readers at SES 500/s. Measured and simulated figures stand in columns of their own.
Exit code 1 if a digest was mailed twice or not at all, if the simulation is off, or if anything grows faster than the
readers; 2 for wrong arguments. 100,000 readers take half an hour at 50 mails a second.

  --rate N      mails a second that the local SES takes; digests have four fifths of it. Below what this machine can do,
                or the machine is what is measured
  --from N, --hours N  the part of the day that is lived through, UTC; at 6 the biggest cohort is due
  --simulate N  readers of the simulation    --ses-rate N  its SES's mails a second
  --json        print one JSON object; progress goes to stderr`;

interface Wishes {
  subscribers: number;
  ratePerSecond: number;
  from: number;
  hours: number;
  simulated: number;
  sesRate: number;
  json: boolean;
}

const readArguments = (argv: string[]): Wishes | 'help' => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: argv,
    options: {
      subscribers: text,
      rate: { ...text, default: '50' },
      from: { ...text, default: '0' },
      hours: { ...text, default: '24' },
      simulate: { ...text, default: '1000000' },
      'ses-rate': { ...text, default: '500' },
      json: flag,
      help: flag,
    },
  });
  if (values.help) return 'help';
  return {
    subscribers: wholeNumber('subscribers', values.subscribers, 1_000_000),
    ratePerSecond: wholeNumber('rate', values.rate, 10_000),
    from: wholeNumber('from', values.from, 23, 0),
    hours: wholeNumber('hours', values.hours, 24),
    simulated: wholeNumber('simulate', values.simulate, 10_000_000),
    sesRate: wholeNumber('ses-rate', values['ses-rate'], 100_000),
    json: values.json,
  };
};

const complain = complainer('scale');

const minutes = (seconds: number): string => (seconds / 60).toFixed(1);
const longest = (ticks: readonly SentTick[]): number => Math.max(0, ...ticks.map(({ seconds }) => seconds));

interface Column {
  head: string;
  mails: number;
  ticks: readonly SentTick[];
  sendingSeconds: number;
  rest: string[];
}

const measuredColumn = (day: MeasuredDay): Column => {
  const { read, write } = unitsPerDigest(day);
  return {
    head: `measured ${day.subscribers}`,
    ...day,
    rest: [
      `${day.memory.heapMiB}/${day.memory.residentMiB}`,
      read.toFixed(2),
      write.toFixed(2),
      day.cpuMsPerDigest.toFixed(1),
    ],
  };
};

const ROWS = [
  'mails',
  'minutes until the last mail, busiest tick',
  'minutes of sending, all ticks',
  'peak heap/resident MiB',
  'read units a digest',
  'write units a digest',
  'processor ms a digest',
];

const table = ({ measured, simulated }: ScaleReport): string => {
  const columns = [
    ...measured.map(measuredColumn),
    { head: `simulated ${simulated.subscribers}`, ...simulated, rest: ['-', '-', '-', '-'] },
  ];
  const cells = columns.map(({ mails, ticks, sendingSeconds, rest }) => [
    String(mails),
    minutes(longest(ticks)),
    minutes(sendingSeconds),
    ...rest,
  ]);
  const line = (name: string, of: readonly string[]): string =>
    [name.padEnd(42), ...of.map((cell) => cell.padStart(19))].join('');
  const head = line(
    '',
    columns.map((column) => column.head),
  );
  return [
    head,
    ...ROWS.map((name, row) =>
      line(
        name,
        cells.map((column) => column[row] ?? ''),
      ),
    ),
  ].join('\n');
};

const tell = (report: ScaleReport): string => {
  const { check, growth, simulated } = report;
  const durations = ({ sesMs, tableMs, cpuMs }: typeof check.durations): string =>
    `SES ${sesMs.toFixed(1)} ms, tables ${tableMs.toFixed(1)} ms, processor ${cpuMs.toFixed(1)} ms`;
  return [
    table(report),
    '',
    ...growth.map(({ what, from, to, ratio }) => `${what}, ${from} to ${to}: ${ratio.toFixed(2)} times linear`),
    '',
    `simulation of the last run: ${minutes(check.simulatedSeconds)} min against ${minutes(check.measuredSeconds)} measured (${(check.difference * 100).toFixed(1)} %), with ${durations(check.durations)}`,
    `simulation of ${simulated.subscribers}: SES ${simulated.ratePerSecond}/s, ${simulated.throttled} throttled, ${simulated.invocations} invocations, ${simulated.workerSeconds.toFixed(0)} worker seconds, with ${durations(simulated.durations)} (taken, not measured)`,
  ].join('\n');
};

const faultsOf = ({ measured, growth, check }: ScaleReport): string[] => [
  ...measured
    .filter(({ wrong }) => wrong > 0)
    .map((day) => `${day.wrong} digests of ${day.subscribers} readers were not mailed exactly once`),
  ...growth.filter(({ linear }) => !linear).map(({ what, to }) => `${what} grow faster than the readers up to ${to}`),
  ...(check.within ? [] : [`the simulation is ${(check.difference * 100).toFixed(1)} % off`]),
];

const run = async ({ json, ...wishes }: Wishes): Promise<boolean> => {
  const report = await runScale({
    ...wishes,
    progress: (line) => process.stderr.write(`${line}\n`),
    onError: (error) => complain(lineOf(error)),
  });
  process.stdout.write(`${json ? JSON.stringify(report) : tell(report)}\n`);
  const faults = faultsOf(report);
  for (const fault of faults) complain(fault);
  return faults.length === 0;
};

/** `npm run scale`. */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'scale', help: HELP, read: () => readArguments(argv), run });
