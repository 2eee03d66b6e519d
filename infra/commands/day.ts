import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Instant, iso, TICK } from '../../functions/model/time.ts';
import { type DayReport, type DayWishes, liveDay } from '../day/live.ts';
import { type Person, readPeople } from '../day/people.ts';
import { makeFolder } from '../folder.ts';
import { instantArgument, newsArgument } from '../local/arguments.ts';
import { type News, newsOf } from '../local/news.ts';
import { complainer, lineOf, runCommand } from './command-line.ts';

const HELP = `npm run day -- --news URL --from ISO --to ISO --people FILE --out DIR [--json]

Lives through a span of time as fast as it can, under a virtual clock: the real functions on the emulators, on
ports of their own and in data that is thrown away. Every 15 minutes: fetch, edit, plan, send. Writes DIR/mails/*.eml and DIR/report.json.
Exit code 1 if anything due is left open or FILE is wrong, 2 for wrong arguments.

  --news URL     a catalogue of sources: feeds.json or OPML; its server's clock is moved along if it has one
  --from, --to   the span, on quarters of an hour, for example 2026-01-05T00:00:00Z; --to is not part of it
  --people FILE  a JSON list of readers; 'npm run people' writes one
  --json         print the report, without the digests, as JSON`;

interface Arguments {
  news: string;
  from: Instant;
  to: Instant;
  people: string;
  out: string;
  json: boolean;
}

const needed = (name: string, value: string | undefined): string => {
  if (value === undefined) throw new Error(`--${name} is missing`);
  return value;
};

const readArguments = (argv: string[]): Arguments | 'help' => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: argv,
    options: { news: text, from: text, to: text, people: text, out: text, json: flag, help: flag },
  });
  if (values.help) return 'help';
  const from = instantArgument('from', needed('from', values.from)) ?? 0;
  const to = instantArgument('to', needed('to', values.to)) ?? 0;
  if (from % TICK !== 0 || to % TICK !== 0) throw new Error('--from and --to stand on quarters of an hour');
  if (to <= from) throw new Error('--to lies after --from');
  return {
    news: newsArgument(needed('news', values.news)),
    from,
    to,
    people: needed('people', values.people),
    out: resolve(needed('out', values.out)),
    json: values.json,
  };
};

const complain = complainer('day');

const isWebAddress = (text: string): boolean => /^https?:/i.test(text) && URL.canParse(text);

/** @throws an Error of one line that names the first source which is neither of the catalogue nor an address */
const checkSources = (file: string, people: readonly Person[], { entries }: News): void => {
  const ids = new Set(entries.map(({ id }) => id));
  for (const [index, { sources, email }] of people.entries())
    for (const [at, source] of sources.entries())
      if (source !== '*' && !ids.has(source) && !isWebAddress(source))
        throw new Error(
          `${file}: [${index}].sources.${at} is ${JSON.stringify(source)}: neither a source of the catalogue nor a web address (${email})`,
        );
};

const readFile = (path: string): Person[] => {
  try {
    return readPeople(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${lineOf(error)}`);
  }
};

/** An earlier run's mails would be counted as this one's. */
const clean = (out: string): void => {
  const mails = join(out, 'mails');
  makeFolder(mails);
  for (const name of readdirSync(mails)) if (name.endsWith('.eml')) rmSync(join(mails, name));
  rmSync(join(out, 'report.json'), { force: true });
};

const showProgress: DayWishes['progress'] = ({ at, tick, ticks, mails, stories }) => {
  const line = `${iso(at)}  tick ${tick} of ${ticks}  ${stories} stories  ${mails} mails`;
  process.stderr.write(process.stderr.isTTY ? `\r${line}  ${tick === ticks ? '\n' : ''}` : `${line}\n`);
};

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((all, one) => all + one, 0);

const named = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([reason, count]) => ` ${reason} ${count}`)
    .join(',');

const tell = (report: DayReport, out: string): string =>
  [
    `due ${report.due} = sent ${report.sent} + skipped ${sum(report.skipped)}${named(report.skipped)} + failed ${sum(report.failed)}${named(report.failed)} + open ${report.unsettled}`,
    `${report.people} people, ${report.mails} mails, ${report.resent} of them sent again`,
    `${report.fetches} fetches, ${report.notModified} not modified, ${report.sourcesFailing} sources failing, ${report.stories} stories, ${report.events} events`,
    `${report.seconds} s, at most ${report.peakMiB} MiB; the report is in ${join(out, 'report.json')}`,
  ].join('\n');

const run = async ({ news: url, from, to, people: file, out, json }: Arguments): Promise<boolean> => {
  const people = readFile(file);
  const news = await newsOf(url);
  checkSources(file, people, news);
  clean(out);
  const onError = (error: unknown): void => {
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  const report = await liveDay({ news, from, to, people, out, progress: showProgress, onError });
  writeFileSync(join(out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  const { digests, ...short } = report;
  process.stdout.write(`${json ? JSON.stringify(short) : tell(report, out)}\n`);
  if (report.unsettled > 0) complain(`${report.unsettled} of ${report.due} due digests are left open`);
  return report.unsettled === 0;
};

/** `npm run day` (contract 3). */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'day', help: HELP, read: () => readArguments(argv), run });
