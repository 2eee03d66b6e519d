import * as z from 'zod';
import { isPlausible, readDate } from '../../functions/newsroom/read/dates.ts';
import { type GroupResult, readKit, resultOf } from './case.ts';

const kitDates = z.object({
  cases: z.array(z.object({ family: z.string(), input: z.string(), utc: z.string().nullable() })),
});

const read = (input: string): string | null => {
  const at = readDate(input);
  return at === undefined ? null : `${new Date(at).toISOString().slice(0, 19)}Z`;
};

/** `sentinel`: may parse, but must count as absent; `may`: either. */
const holds = (input: string, utc: string | null): boolean => {
  if (utc === 'may') return true;
  if (utc !== 'sentinel') return read(input) === utc;
  const at = readDate(input);
  return at === undefined || !isPlausible(at);
};

/** Date strings against the product's own date reader. */
export const runDates = async (kit: string): Promise<GroupResult[]> => {
  const { cases } = await readKit(kitDates, kit, 'dates', 'dates.json');
  return [
    resultOf(
      'dates',
      cases.map(({ family, input, utc }) => ({ id: `${family}: ${input}`, ok: holds(input, utc) })),
    ),
  ];
};
