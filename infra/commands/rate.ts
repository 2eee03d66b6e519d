import { parseArgs } from 'node:util';
import { MINUTE } from '../../functions/model/time.ts';
import { type FloodReport, type FloodWishes, flood } from '../rate/flood.ts';
import { complainer, lineOf, runCommand, wholeNumber } from './command-line.ts';

const HELP = `npm run rate -- [--readers N] [--rate N] [--quota N] [--workers N] [--sign-up-every S] [--json]

Everybody's digest becomes due at once, under an SES with limits: the real functions on the emulators, in real time, several
workers side by side, while people go on signing up. Without arguments 1,500 readers, 25 mails a second, a quota of 2,000 and
4 workers: a minute and a half. Exit code 1 if SES throttled one call in a hundred, a digest was lost or mailed twice, or a
confirmation took a minute; 2 for wrong arguments.`;

type Arguments = Omit<FloodWishes, 'onError'> & { json: boolean };

const natural = (name: string, text: string): number => wholeNumber(name, text, 1_000_000);

const readArguments = (argv: string[]): Arguments | 'help' => {
  const { values } = parseArgs({
    args: argv,
    options: {
      readers: { type: 'string', default: '1500' },
      rate: { type: 'string', default: '25' },
      quota: { type: 'string', default: '2000' },
      workers: { type: 'string', default: '4' },
      'sign-up-every': { type: 'string', default: '2' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    readers: natural('readers', values.readers),
    ratePerSecond: natural('rate', values.rate),
    maxPer24h: natural('quota', values.quota),
    workers: natural('workers', values.workers),
    signUpEveryMs: natural('sign-up-every', values['sign-up-every']) * 1000,
    json: values.json,
  };
};

const faultsOf = ({ due, sent, twice, throttledShare, confirmations }: FloodReport): string[] => [
  ...(sent < due ? [`${due - sent} of ${due} digests were not sent`] : []),
  ...(twice > 0 ? [`${twice} digests were mailed twice`] : []),
  ...(throttledShare >= 0.01 ? [`SES throttled ${(throttledShare * 100).toFixed(2)} % of the calls`] : []),
  ...(confirmations.arrived < confirmations.asked ? ['a confirmation never came'] : []),
  ...(confirmations.slowestMs >= MINUTE ? ['a confirmation took a minute'] : []),
];

const tell = ({ ses, confirmations, ...report }: FloodReport): string =>
  [
    `${report.due} digests due: ${report.sent} sent, ${report.skipped} skipped, ${report.failed} failed, ${report.lost} lost, ${report.twice} twice`,
    `${report.seconds.toFixed(1)} s, ${report.digestsPerSecond.toFixed(1)} digests a second`,
    `SES: ${ses.calls} calls, ${ses.throttled} throttled (${(report.throttledShare * 100).toFixed(2)} %), ${ses.overQuota} over quota, quota read ${ses.quotaRead} times`,
    `Control: ${report.budgetWrites} writes for leases and limits, ${(report.budgetWrites / ses.accepted).toFixed(3)} a mail`,
    `confirmations: ${confirmations.arrived} of ${confirmations.asked}, median ${confirmations.medianMs} ms, slowest ${confirmations.slowestMs} ms`,
  ].join('\n');

const complain = complainer('rate');

const run = async ({ json, ...rest }: Arguments): Promise<boolean> => {
  const silent = (): void => undefined;
  const loud = (event: string, fields?: object): boolean => complain(`${event} ${JSON.stringify(fields ?? {})}`);
  const report = await flood(
    { ...rest, onError: (error) => complain(lineOf(error)) },
    { info: silent, warn: loud, error: loud },
  );
  process.stdout.write(`${json ? JSON.stringify(report) : tell(report)}\n`);
  const faults = faultsOf(report);
  for (const fault of faults) complain(fault);
  return faults.length === 0;
};

/** `npm run rate`: sending under the limits of an account. */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'rate', help: HELP, read: () => readArguments(argv), run });
