import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LOG_ALARMS } from '../../infra/alarms.ts';
import { stackFacts } from '../../infra/cost/facts.ts';
import { readMeasured } from '../../infra/cost/measured.ts';
import { billOf, sumsOf } from '../../infra/cost/model.ts';
import { chunksPerDigest } from '../../infra/cost/month.ts';
import { OUR_PRICES, readPrices } from '../../infra/cost/prices.ts';
import { readmeCosts, writeReadme } from '../../infra/cost/readme.ts';
import { QUEUES } from '../../infra/queues.ts';

const facts = stackFacts();
const measured = readMeasured();
const prices = readPrices();
const bill = (subscribers: number, over: Partial<Parameters<typeof billOf>[0]> = {}) =>
  billOf({ subscribers, measured, facts, prices, plan: 'essentials', ...over });
const usd = (of: ReturnType<typeof billOf>, name: string): number =>
  of.lines.find((line) => line.name === name)?.usd ?? Number.NaN;

const cost = (...argv: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> =>
  new Promise((done) => {
    execFile(process.execPath, ['infra/run.mjs', 'cost', ...argv], (error, stdout, stderr) =>
      done({ code: error?.code ?? 0, stdout, stderr }),
    );
  });

test('the stack is read, not typed: its queues, schedules and memories', () => {
  expect(facts.polledQueues).toBe(Object.keys(QUEUES).length);
  expect(facts.schedulesPerDay).toBeGreaterThanOrEqual(3 * 96);
  expect(Object.keys(facts.memoryMiB).length).toBeGreaterThanOrEqual(7);
});

test('metrics are those that our alarms watch, and AWS counts the rest for nothing', () => {
  const ordinary = LOG_ALARMS.filter(({ above }) => above > 0).length;
  expect(facts.metrics).toBe(ordinary);
  // and one of slow runs
  expect(facts.rareMetrics).toBe(LOG_ALARMS.length - ordinary + 1);
  expect(facts.alarms).toBeGreaterThan(facts.metrics + facts.rareMetrics);
});

test('every line that must appear does, also where it is nothing', () => {
  const names = bill(1000).lines.map(({ name }) => name);
  for (const needed of [
    'tables: writes',
    'indexes: writes',
    'tables: reads',
    'indexes: reads',
    'SQS: messages',
    'SQS: idle polling',
    'Lambda: requests',
    'Lambda: send-digests',
    'logs: ingestion',
    'metrics',
    'metrics of trouble',
    'alarms',
    'events: SQS',
    'storage: Deliveries',
    'point-in-time recovery',
  ])
    expect(names).toContain(needed);
});

test('nobody costs what idles; mail costs by the mail', () => {
  const none = sumsOf(bill(0));
  expect(none.beyondSes).toBeGreaterThan(0.5);
  expect(none).toMatchObject({ evidence: 0, ses: 0 });
  const [some, many] = [sumsOf(bill(1000)), sumsOf(bill(10_000))];
  expect(many.ses).toBeCloseTo(10 * some.ses, 6);
  expect(sumsOf(bill(1000, { plan: 'payg' })).ses).toBeCloseTo((some.ses * 100) / 160, 6);
});

test('a dearer write makes writes dearer, and a longer row storage', () => {
  const dear = structuredClone(prices);
  dear.prices.writeUnit.usd *= 2;
  expect(usd(bill(1000, { prices: dear }), 'tables: writes')).toBeCloseTo(2 * usd(bill(1000), 'tables: writes'), 9);
  const long = { ...measured, bytes: { ...measured.bytes, delivery: measured.bytes.delivery * 3 } };
  expect(usd(bill(1000, { measured: long }), 'storage: Deliveries')).toBeCloseTo(
    3 * usd(bill(1000), 'storage: Deliveries'),
    9,
  );
});

test('few readers share a chunk with few, many with many', () => {
  expect(chunksPerDigest(1)).toBe(1);
  expect(chunksPerDigest(1_000_000)).toBeLessThan(0.01);
  expect(chunksPerDigest(10_000)).toBeGreaterThan(chunksPerDigest(100_000));
});

test('each price says where it is from', () => {
  for (const { source, checked } of Object.values(prices.prices)) {
    expect(source.length).toBeGreaterThan(5);
    expect(checked).toBe(source !== 'from memory' && !source.startsWith('reference list'));
  }
});

test('npm run cost prints one JSON object, and takes other prices', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'prices.json');
  const other = JSON.parse(readFileSync(OUR_PRICES, 'utf8'));
  other.date = '2030-01-01';
  writeFileSync(file, JSON.stringify(other));
  const { code, stdout } = await cost('--subscribers', '5000', '--json', '--prices', file);
  expect(code).toBe(0);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ subscribers: 5000, pricesDate: '2030-01-01', perMillionDigests: { ses: 160 } });
  expect(report.perMillionDigests.withEvidence).toBeGreaterThan(report.perMillionDigests.beyondSes);
  expect(Object.keys(report)).toEqual(expect.arrayContaining(['monthly', 'units', 'measured']));
});

test('README says what the command says', () => {
  expect(readFileSync('README.md', 'utf8')).toContain(readmeCosts({ measured, facts, prices }));
});

test('a new run writes the table of README anew, and nothing else of it', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'broadsheet-test-')), 'README.md');
  onTestFinished(() => rmSync(dirname(file), { recursive: true }));
  const readme = readFileSync('README.md', 'utf8');
  const costs = readmeCosts({ measured, facts, prices });
  writeFileSync(file, readme.replaceAll('| 0 |', '| 7 |'));
  writeReadme(costs, file);
  expect(readFileSync(file, 'utf8')).toBe(readme);
  writeFileSync(file, 'no table');
  expect(() => writeReadme(costs, file)).toThrow('has no table of costs');
});

test.each([
  [['--subscribers', 'many'], 2],
  [['--subscribers', '1', '--prices', '/nowhere.json'], 1],
  [['--help'], 0],
])(
  'npm run cost %j ends with %i and one line',
  async (argv, code) => {
    const ended = await cost(...argv);
    expect(ended.code).toBe(code);
    expect(ended.stderr.split('\n').length).toBeLessThanOrEqual(2);
  },
  60_000,
);

test('a file of prices that is wrong is refused by what stands there and what is wanted', () => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'prices.json');
  const ours = JSON.parse(readFileSync(OUR_PRICES, 'utf8'));
  const faultOf = (text: string): string => {
    writeFileSync(file, text);
    try {
      readPrices(file);
      return 'none';
    } catch (error) {
      return error instanceof Error ? error.message.replace(`${file}: `, '') : '';
    }
  };
  const withPrice = (price: unknown): string =>
    faultOf(JSON.stringify({ ...ours, prices: { ...ours.prices, readUnit: price } }));
  expect(faultOf(`\uFEFF${JSON.stringify(ours)}`)).toBe('none');
  expect(faultOf('{')).toBe('is not JSON');
  expect(faultOf('[]')).toMatch(/^is \[\]: an object with region/);
  expect(faultOf(JSON.stringify({ ...ours, currency: 'EUR' }))).toBe('currency is "EUR": only USD');
  expect(faultOf(JSON.stringify({ ...ours, prices: undefined }))).toMatch(/^prices is missing: the prices by name/);
  expect(faultOf(JSON.stringify({ ...ours, prices: { ...ours.prices, gold: ours.prices.readUnit } }))).toBe(
    'gold: no such price',
  );
  expect(withPrice(undefined)).toBe('prices.readUnit is missing: a price with usd, of, source and checked');
  expect(withPrice({ ...ours.prices.readUnit, usd: -1 })).toBe(
    'prices.readUnit.usd is -1: a number of dollars, 0 or more',
  );
  expect(() => readPrices(join(dir, 'none.json'))).toThrow('none.json: cannot be read');
});
