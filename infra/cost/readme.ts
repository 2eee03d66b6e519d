import { readFileSync, writeFileSync } from 'node:fs';
import { type BillOf, billOf, sumsOf } from './model.ts';

const SIZES = [0, 1, 100, 1000, 10_000];

const WATCHING = new Set(['metrics', 'metrics of trouble', 'alarms']);

const number = (count: number): string => Math.round(count).toLocaleString('en');

/** README's table of costs by subscribers, and the sentence below it: what the command says, from the same run, stack and prices. */
export const readmeCosts = (of: Pick<BillOf, 'measured' | 'facts' | 'prices'>): string => {
  const rows = SIZES.map((subscribers) => {
    const [bill, payg] = (['essentials', 'payg'] as const).map((plan) => billOf({ ...of, subscribers, plan }));
    if (!bill || !payg) throw new Error('unreachable: two plans');
    const { beyondSes, evidence, ses } = sumsOf(bill);
    const usd = [beyondSes + evidence, ses, sumsOf(payg).ses].map((each) => each.toFixed(2));
    return `| ${[number(subscribers), number(bill.digests), ...usd].join(' | ')} |`;
  });
  const idle = billOf({ ...of, subscribers: 0, plan: 'essentials' });
  const watching = idle.lines.reduce((sum, { name, usd }) => sum + (WATCHING.has(name) ? usd : 0), 0);
  const { alarms, metrics, rareMetrics } = of.facts;
  return [
    '| subscribers | digests | AWS without SES | SES at 0.16 | SES at 0.10 |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    `Of it ${watching.toFixed(2)} are for ${alarms} alarms and the ${metrics + rareMetrics} metrics of our own that they watch.`,
  ].join('\n');
};

const PLACE = /^\| subscribers \| digests \|[\s\S]*?that they watch\./m;

/** Writes the table anew. @throws if README has no place for it */
export const writeReadme = (costs: string, file = 'README.md'): void => {
  const text = readFileSync(file, 'utf8');
  if (!PLACE.test(text)) throw new Error(`${file} has no table of costs`);
  writeFileSync(
    file,
    text.replace(PLACE, () => costs),
  );
};
