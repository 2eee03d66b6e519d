import { parseArgs } from 'node:util';
import { type Measured, readMeasured, writeMeasured } from '../cost/measured.ts';
import { ASSUMPTIONS, type Bill, billOf, sumsOf } from '../cost/model.ts';
import { type Prices, readPrices } from '../cost/prices.ts';
import { complainer, lineOf, runCommand, wholeNumber } from './command-line.ts';

const HELP = `npm run cost -- --subscribers N [--plan essentials|payg] [--prices FILE] [--json]
npm run cost -- --measure [--news URL]

What a month of N subscribers costs on AWS, line by line, and what a million digests cost beyond SES itself, with SES
events as evidence and without. Worked out from what a real run on the emulators consumed (infra/cost/measured.json
names its commit and date), from the synthesised stack, and from the prices in infra/cost/prices.json, which say of each
where it is from and whether anybody looked it up. What is taken for granted is printed below the lines. Not in it: a
domain, taxes. Exit code 1 if something cannot be read, 2 for wrong arguments.

  --plan     SES's price list: essentials (new accounts) or payg; default essentials
  --prices   another file of prices, of the same form
  --measure  runs newsroom, sender, feedback and census on the emulators anew, some minutes, keeps what they consumed and
             writes README's table; Lambda's time is right only where nothing else runs
  --news     for --measure: a catalogue; without it ../shared/newsdays, else the sample feeds
  --json     print one JSON object`;

type Plan = 'essentials' | 'payg';

type Wishes =
  | { kind: 'measure'; news: string | undefined }
  | { kind: 'bill'; subscribers: number; plan: Plan; prices: string | undefined; json: boolean };

const readArguments = (argv: string[]): Wishes | 'help' => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: argv,
    options: {
      subscribers: text,
      plan: { ...text, default: 'essentials' },
      prices: text,
      measure: flag,
      news: text,
      json: flag,
      help: flag,
    },
  });
  const { subscribers, plan, prices, measure, news, json, help } = values;
  if (help) return 'help';
  if (measure) return { kind: 'measure', news };
  if (plan !== 'essentials' && plan !== 'payg') throw new Error(`--plan ${plan}: essentials or payg`);
  return { kind: 'bill', subscribers: wholeNumber('subscribers', subscribers, 999_999_999, 0), plan, prices, json };
};

const complain = complainer('cost');

const cents = (usd: number): number => Math.round(usd * 1e4) / 1e4;

/** Of a million digests; nothing where nobody gets any. */
const perMillion = (bill: Bill, usd: number): number | null =>
  bill.digests === 0 ? null : cents((usd / bill.digests) * 1e6);

const reportOf = (bill: Bill, measured: Measured, prices: Prices, plan: Plan) => {
  const { beyondSes, evidence, ses } = sumsOf(bill);
  return {
    subscribers: bill.subscribers,
    plan,
    perMillionDigests: {
      beyondSes: perMillion(bill, beyondSes),
      withEvidence: perMillion(bill, beyondSes + evidence),
      ses: perMillion(bill, ses),
    },
    monthly: {
      digests: Math.round(bill.digests),
      beyondSes: cents(beyondSes),
      withEvidence: cents(beyondSes + evidence),
      ses: cents(ses),
      total: cents(beyondSes + evidence + ses),
      lines: bill.lines.map((line) => ({
        ...line,
        usd: cents(line.usd),
        perMillionDigests: perMillion(bill, line.usd),
      })),
    },
    units: {
      dense: measured.dense,
      sparse: measured.sparse,
      planning: measured.planning,
      events: measured.events,
      census: measured.census,
    },
    measured: { commit: measured.commit, date: measured.date, news: measured.news },
    assumptions: ASSUMPTIONS,
    pricesDate: prices.date,
    pricesFromMemory: Object.entries(prices.prices).flatMap(([name, { checked }]) => (checked ? [] : [name])),
  };
};

type Report = ReturnType<typeof reportOf>;

const money = (usd: number | null): string => (usd === null ? '-' : usd.toFixed(3));

const tell = ({ monthly, perMillionDigests, ...report }: Report): string =>
  [
    `${'a month'.padEnd(34)}${'quantity'.padStart(18)} ${'unit'.padEnd(14)}${'USD'.padStart(12)}${'USD a million digests'.padStart(24)}`,
    ...monthly.lines.map(
      ({ name, quantity, unit, usd, perMillionDigests: each }) =>
        `${name.padEnd(34)}${quantity.toLocaleString('en', { maximumFractionDigits: 2 }).padStart(18)} ${unit.padEnd(14)}${money(usd).padStart(12)}${money(each).padStart(24)}`,
    ),
    '',
    `${report.subscribers} subscribers, ${monthly.digests} digests a month: ${money(monthly.total)} USD, of it ${money(monthly.ses)} for SES (${report.plan})`,
    `a million digests beyond SES: ${money(perMillionDigests.beyondSes)} USD, ${money(perMillionDigests.withEvidence)} with events as evidence; SES itself ${money(perMillionDigests.ses)}`,
    ...report.assumptions.map((assumption) => `taken for granted: ${assumption}`),
    `measured at ${report.measured.commit} on ${report.measured.date}; prices of ${report.pricesDate}, from memory: ${report.pricesFromMemory.join(', ')}`,
  ].join('\n');

// imported where they are used: the CDK takes seconds to load, and a wrong argument needs neither
const measure = async (url: string | undefined): Promise<boolean> => {
  const { FROM, measureCost } = await import('../cost/measure.ts');
  const { serveNews } = await import('../soak/news.ts');
  const { news, stop } = await serveNews(url, FROM);
  try {
    const run = await measureCost({
      dense: 2048,
      sparse: 300,
      newsroomTicks: 16,
      hours: 4,
      news,
      progress: (line) => process.stderr.write(`${line}\n`),
      onError: (error) => complain(lineOf(error)),
    });
    writeMeasured(run);
    const [{ stackFacts }, { readmeCosts, writeReadme }] = await Promise.all([
      import('../cost/facts.ts'),
      import('../cost/readme.ts'),
    ]);
    writeReadme(readmeCosts({ measured: run, facts: stackFacts(), prices: readPrices() }));
    return true;
  } finally {
    await stop();
  }
};

const run = async (wishes: Wishes): Promise<boolean> => {
  if (wishes.kind === 'measure') return measure(wishes.news);
  const { subscribers, plan, json } = wishes;
  const prices = readPrices(wishes.prices);
  const measured = readMeasured();
  const { stackFacts } = await import('../cost/facts.ts');
  const bill = billOf({ subscribers, measured, facts: stackFacts(), prices, plan });
  const report = reportOf(bill, measured, prices, plan);
  process.stdout.write(`${json ? JSON.stringify(report) : tell(report)}\n`);
  return true;
};

/** `npm run cost` (contract 6). */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'cost', help: HELP, read: () => readArguments(argv), run });
