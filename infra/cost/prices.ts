import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { faultAt } from '../fault.ts';

const USD = 'a number of dollars, 0 or more';

const price = z.object(
  {
    usd: z.number(USD).nonnegative(USD),
    of: z.string('what is paid for'),
    /** Where it is from. */
    source: z.string('where the price is from'),
    /** Whether somebody looked it up; else it is from memory. */
    checked: z.boolean('true if somebody looked it up, else false'),
  },
  'a price with usd, of, source and checked',
);

const PRICES = [
  'writeUnit',
  'readUnit',
  'tableGbMonth',
  'recoveryGbMonth',
  'queueRequest',
  'lambdaRequest',
  'lambdaGbSecond',
  'logGb',
  'logGbMonth',
  'metricMonth',
  'alarmMonth',
  'dashboardMonth',
  'keyMonth',
  'awsEvent',
  'schedule',
  'mailEssentials',
  'mailPayg',
] as const;

export type PriceName = (typeof PRICES)[number];

const prices = z.object(
  {
    region: z.string('the region whose prices they are'),
    currency: z.literal('USD', 'only USD'),
    date: z.iso.date('the day of the prices, such as 2026-11-26'),
    prices: z.record(z.enum(PRICES), price, 'the prices by name, as in infra/cost/prices.json'),
  },
  'an object with region, currency, date and prices, as infra/cost/prices.json is',
);

export type Prices = z.infer<typeof prices>;

const faultOf = (found: unknown, issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys' ? `${issue.keys.join(', ')}: no such price` : faultAt(found, issue);

export const OUR_PRICES = new URL('prices.json', import.meta.url);

const readJson = (file: string | URL): unknown => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`${file}: cannot be read`);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Error(`${file}: is not JSON`);
  }
};

/**
 * Prices of a file: all of them, each with its source.
 * @throws an Error of one line that names what is missing or wrong
 */
export const readPrices = (file: string | URL = OUR_PRICES): Prices => {
  const found = readJson(file);
  const read = prices.safeParse(found);
  if (read.success) return read.data;
  throw new Error(`${file}: ${read.error.issues.slice(0, 1).map((issue) => faultOf(found, issue))}`);
};
