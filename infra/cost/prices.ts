import { readFileSync } from 'node:fs';
import * as z from 'zod';

const price = z.object({
  usd: z.number().nonnegative(),
  of: z.string(),
  /** Where it is from. */
  source: z.string(),
  /** Whether somebody looked it up; else it is from memory. */
  checked: z.boolean(),
});

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

const prices = z.object({
  region: z.string(),
  currency: z.literal('USD'),
  date: z.iso.date(),
  prices: z.record(z.enum(PRICES), price),
});

export type Prices = z.infer<typeof prices>;

export const OUR_PRICES = new URL('prices.json', import.meta.url);

/**
 * Prices of a file: all of them, each with its source.
 * @throws an Error of one line that names what is missing or wrong
 */
export const readPrices = (file: string | URL = OUR_PRICES): Prices => {
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(`${file}: no JSON file`);
  }
  const read = prices.safeParse(found);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${file}: ${issue?.path.join('.')}: ${issue?.message}`);
};
