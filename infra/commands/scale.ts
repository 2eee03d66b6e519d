import { parseArgs } from 'node:util';
import type { Units } from '../local/meter.ts';
import { type Check, TOLERANCE, unitsPerDigest } from '../scale/growth.ts';
import type { MeasuredDay, SentTick } from '../scale/measure.ts';
import type { Night } from '../scale/night.ts';
import { runScale, type ScaleReport } from '../scale/run.ts';
import { complainer, lineOf, runCommand, wholeNumber } from './command-line.ts';

const HELP = `npm run scale -- --subscribers N [--rate 15] [--from 5] [--hours 2] [--simulate 1000000] [--ses-rate 500] [--json]

Writes N readers into the tables and lives through a part of their day: the real planner, queue, sender and feedback on the
emulators; before that the same with 1,000 and 10,000, to see how figures grow. Tables and SES are processes of their own, so
what is measured of this one is the product's and its queues'. Then the same planner, chunks, rate and sender in virtual time:
first for the runs just measured, which it must meet within ${TOLERANCE * 100} %, then for a whole day of a million readers at SES 500/s.
Measured and simulated figures stand in columns of their own.
Exit code 1 if a digest was mailed twice or not at all, if the simulation is off, or if anything grows faster than the
readers; 2 for wrong arguments. 100,000 readers take half an hour: 14,000 of their digests are due in these two hours.

  --rate N      mails a second that the local SES takes; digests have four fifths of it. Below what this machine can do,
                or the machine is what is measured
  --from N, --hours N  the part of the day that is lived through, UTC; at 6 the biggest cohort is due, 0 and 24 are all of it
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
      rate: { ...text, default: '15' },
      from: { ...text, default: '5' },
      hours: { ...text, default: '2' },
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
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const longest = (ticks: readonly SentTick[]): number => Math.max(0, ...ticks.map(({ seconds }) => seconds));

interface Column {
  head: string;
  mails: number;
  ticks: readonly SentTick[];
  sendingSeconds: number;
  rest: string[];
}

const perDigest = ({ read, write }: Units, mails: number): string[] => [
  (read / mails).toFixed(2),
  (write / mails).toFixed(2),
];

/** The longest of the night: the census and an eighth of the readers. */
const firstQuarter = ({ censusMs, quarterMs }: Night): string => minutes((censusMs + quarterMs) / 1000);

const measuredColumn = (day: MeasuredDay): Column => {
  const { read, write } = unitsPerDigest(day);
  return {
    head: `measured ${day.subscribers}`,
    ...day,
    rest: [
      `${day.memory.heapMiB}/${day.memory.residentMiB}`,
      read.toFixed(2),
      write.toFixed(2),
      ...perDigest(day.sending, day.mails),
      day.cpuMsPerDigest.toFixed(1),
      day.senderMsPerDigest.toFixed(1),
      firstQuarter(day.night),
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
  'of these read by planner and sender',
  'of these written by planner and sender',
  'processor ms a digest',
  'the same, the sender alone',
  'processor minutes, night, first of 8 quarters',
];

const table = ({ measured, simulated }: ScaleReport): string => {
  const units = perDigest(simulated.units, simulated.mails);
  const columns = [
    ...measured.map(measuredColumn),
    {
      head: `simulated ${simulated.subscribers}`,
      ...simulated,
      rest: ['-', '-', '-', ...units, '-', '-', firstQuarter(simulated.night)],
    },
  ];
  const cells = columns.map(({ mails, ticks, sendingSeconds, rest }) => [
    String(mails),
    minutes(longest(ticks)),
    minutes(sendingSeconds),
    ...rest,
  ]);
  const line = (name: string, of: readonly string[]): string =>
    [name.padEnd(46), ...of.map((cell) => cell.padStart(19))].join('');
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

const tellCheck = ({ subscribers, by, measuredSeconds, simulatedSeconds, difference, ...check }: Check): string => {
  const { measuredUnits: was, simulatedUnits: is } = check;
  return [
    `simulation of ${subscribers}, by what work took in the run of ${by}: ${minutes(simulatedSeconds)} min against ${minutes(measuredSeconds)} measured (${percent(difference)})`,
    `${is.read} units read against ${was.read}, ${is.write} written against ${was.write}`,
  ].join('; ');
};

const tellMachine = ({ subscribers, machine }: MeasuredDay): string =>
  `work at ${subscribers}: a table call ${machine.callMs.toFixed(2)} ms and ${machine.tableMs.toFixed(2)} ms of the tables, an invocation ${machine.invocationMs.toFixed(1)} ms, the rest of a digest ${machine.digestMs.toFixed(1)} ms and ${machine.otherCalls.toFixed(1)} calls; the threads took ${machine.stretch.functions.toFixed(1)} and ${machine.stretch.tables.toFixed(1)} times as long, for others used the machine too`;

const tell = (report: ScaleReport): string => {
  const { measured, checks, growth, simulated } = report;
  const { sesMs, tableMs, digestMs, invocationMs } = simulated.durations;
  return [
    table(report),
    '',
    ...growth.map(({ what, from, to, ratio }) => `${what}, ${from} to ${to}: ${ratio.toFixed(2)} times linear`),
    '',
    ...measured.map(tellMachine),
    ...checks.map(tellCheck),
    `simulation of ${simulated.subscribers}: SES ${simulated.ratePerSecond}/s, ${simulated.throttled} throttled, ${simulated.invocations} invocations, ${simulated.workerSeconds.toFixed(0)} worker seconds; processor ${digestMs.toFixed(1)} ms a digest (measured here), SES ${sesMs} ms, tables ${tableMs} ms, an invocation ${invocationMs} ms (taken, not measured)`,
  ].join('\n');
};

const faultsOf = ({ measured, growth, checks }: ScaleReport): string[] => [
  ...measured
    .filter(({ wrong }) => wrong > 0)
    .map((day) => `${day.wrong} digests of ${day.subscribers} readers were not mailed exactly once`),
  ...growth.filter(({ linear }) => !linear).map(({ what, to }) => `${what} grow faster than the readers up to ${to}`),
  ...checks
    .filter(({ within }) => !within)
    .map(({ subscribers, difference }) => `the simulation of ${subscribers} is ${percent(difference)} off`),
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
