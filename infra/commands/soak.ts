import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Instant, MINUTE, TICK } from '../../functions/model/time.ts';
import { readPeople } from '../day/people.ts';
import { instantArgument } from '../local/arguments.ts';
import { FLAT_SHARE } from '../soak/flat.ts';
import { serveNews } from '../soak/news.ts';
import { type SoakDay, type SoakReport, soak } from '../soak/soak.ts';
import { complainer, lineOf, runCommand, wholeNumber } from './command-line.ts';
import { inventedPerson } from './people.ts';

const HELP = `npm run soak -- [--days 30] [--people 200] [--news URL] [--from ISO] [--newsroom-minutes 60] [--json]

Lives through many days under a virtual clock: real functions on the emulators, tables on disk in a process of their own.
Digests are planned every 15 minutes, the newsroom works every hour, the census every night. Says of each day what was
due and what became of it, and the memory after it. Exit code 1 if anything due is left open, a reader got something
twice, a mail was one too many, or memory grew by ${FLAT_SHARE * 100} % or more; 2 for wrong arguments.

Memory: the heap and buffers of this process after garbage collection, at the end of each day; the least-squares line
through the last whole rounds of six days, after twelve days of warm-up. Shorter runs are not judged by memory.

  --news URL             a catalogue with a clock; without it ../shared/newsdays five times over, else the sample feeds
  --from ISO             the first midnight, default 2026-01-01T00:00:00Z
  --newsroom-minutes N   a multiple of 15
  --json                 print one JSON object; progress goes to stderr`;

interface Wishes {
  days: number;
  people: number;
  news: string | undefined;
  from: Instant;
  newsroomEvery: number;
  json: boolean;
}

const readArguments = (argv: string[]): Wishes | 'help' => {
  const { values } = parseArgs({
    args: argv,
    options: {
      days: { type: 'string', default: '30' },
      people: { type: 'string', default: '200' },
      news: { type: 'string' },
      from: { type: 'string', default: '2026-01-01T00:00:00Z' },
      'newsroom-minutes': { type: 'string', default: '60' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const newsroomEvery = wholeNumber('newsroom-minutes', values['newsroom-minutes'], 1440) * MINUTE;
  if (newsroomEvery % TICK !== 0) throw new Error('--newsroom-minutes: a multiple of 15');
  return {
    days: wholeNumber('days', values.days, 365),
    people: wholeNumber('people', values.people, 10_000),
    news: values.news,
    from: instantArgument('from', values.from) ?? 0,
    newsroomEvery,
    json: values.json,
  };
};

const complain = complainer('soak');

const tellDay = ({ day, due, sent, skipped, failed, open, mails, heapMiB, rssMiB, seconds }: SoakDay): string =>
  `day ${day}: due ${due} = sent ${sent} + skipped ${skipped} + failed ${failed} + open ${open}; ${mails} mails; heap ${heapMiB} MiB, resident ${rssMiB} MiB; ${seconds} s`;

const tellMemory = ({ memory }: SoakReport): string =>
  memory.judged
    ? `memory ${memory.flat ? 'flat' : 'GROWS'}: ${memory.slopeMiBPerDay.toFixed(2)} MiB a day on ${memory.meanMiB.toFixed(1)} MiB over the last ${memory.days} days (${(memory.growthShare * 100).toFixed(1)} %)`
    : `memory not judged: ${memory.why}`;

const tell = (report: SoakReport): string =>
  [
    `${report.people} people, ${report.days.length} days: due ${report.due} = sent ${report.sent} + skipped ${report.skipped} + failed ${report.failed} + open ${report.open}`,
    `${report.mails} mails, ${report.repeats.length} repeats; ${JSON.stringify(report.reasons)}; error lines: ${JSON.stringify(report.errors)}`,
    tellMemory(report),
    `peak ${report.peakMiB} MiB, ${report.seconds} s`,
  ].join('\n');

const faultsOf = ({ open, mails, sent, repeats, memory }: SoakReport): string[] => [
  ...(open > 0 ? [`${open} due digests are left open`] : []),
  ...(mails === sent ? [] : [`${mails} mails for ${sent} digests sent`]),
  ...repeats.slice(0, 5).map(({ delivery, what, id }) => `${delivery}: ${what} ${id} came before`),
  ...(memory.judged && !memory.flat ? ['memory grows'] : []),
];

const run = async (wishes: Wishes): Promise<boolean> => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-soak-'));
  const { news, stop } = await serveNews(wishes.news, wishes.from);
  try {
    const people = Array.from({ length: wishes.people }, (_, i) =>
      inventedPerson(
        i,
        news.entries.map(({ id }) => id),
      ),
    );
    const report = await soak({
      ...wishes,
      news,
      dir,
      people: readPeople(JSON.stringify(people)),
      progress: (day) => process.stderr.write(`${tellDay(day)}\n`),
      onError: (error) => complain(lineOf(error)),
    });
    process.stdout.write(`${wishes.json ? JSON.stringify(report) : tell(report)}\n`);
    const faults = faultsOf(report);
    for (const fault of faults) complain(fault);
    return faults.length === 0;
  } finally {
    await stop();
    rmSync(dir, { recursive: true, force: true });
  }
};

/** `npm run soak`. */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'soak', help: HELP, read: () => readArguments(argv), run });
