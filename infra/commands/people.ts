import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { TOPICS } from '../../functions/model/topic.ts';
import { fetchText } from '../local/news.ts';
import { lineOf, runCommand, wholeNumber } from './command-line.ts';

const HELP = `npm run people -- --count 60 --out people.json [--news URL]

Writes people for 'npm run day': invented readers in twelve zones, with all cadences, hours and kinds of choice,
the same for the same count. With --news, some follow sources of that catalogue.`;

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Sydney',
  'America/Los_Angeles',
  'Asia/Tokyo',
  'Europe/Warsaw',
  'Africa/Nairobi',
  'America/Sao_Paulo',
  'Pacific/Auckland',
  'Asia/Kathmandu',
  'America/St_Johns',
];
const COUNTRIES = ['DE', 'US', 'IN', 'AU', 'US', 'JP', 'PL', 'KE', 'BR', 'NZ', 'NP', 'CA'];
const KEYWORDS = [
  ['interest rates'],
  ['climate', 'wildfire'],
  ['nintendo'],
  ['venezuela'],
  ['artificial intelligence'],
  ['premier league'],
];

const pickSome = <T>(list: readonly T[], from: number, count: number): T[] =>
  Array.from({ length: Math.min(count, list.length) }, (_, i) => list[(from + i * 5) % list.length]).filter(
    (x) => x !== undefined,
  );

/** The invented reader of a number: the same in every run. */
export const inventedPerson = (i: number, sources: readonly string[]): object => {
  const zone = ZONES[i % ZONES.length];
  const everything = i % 15 === 0;
  const cadence = i % 10 === 9 ? 'weekly' : i % 5 === 3 ? 'workdays' : 'daily';
  return {
    email: `reader-${String(i + 1).padStart(3, '0')}@people.example`,
    cadence,
    ...(cadence === 'weekly' && { weekday: 1 + (i % 7) }),
    hour: [7, 6, 8, 18, 12, 21, 0, 5][Math.floor(i / 3) % 8],
    zone,
    topics: everything ? [...TOPICS] : pickSome(TOPICS, i, 1 + (i % 5)),
    sources: everything ? ['*'] : i % 3 === 1 ? pickSome(sources, i * 11, 2 + (i % 9)) : [],
    keywords: i % 6 === 2 ? KEYWORDS[Math.floor(i / 6) % KEYWORDS.length] : [],
    mutes: i % 8 === 5 ? ['trump'] : [],
    reads: zone === 'Europe/Warsaw' ? ['pl', 'en'] : ['en'],
    country: COUNTRIES[i % COUNTRIES.length],
    language: 'en',
    maxStories: [15, 10, 20, 8][i % 4],
  };
};

interface Wishes {
  count: number;
  out: string;
  news: string | undefined;
}

const readWishes = (argv: string[]): Wishes | 'help' => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: argv,
    options: { count: { ...text, default: '60' }, out: text, news: text, help: { type: 'boolean', default: false } },
  });
  if (values.help) return 'help';
  if (!values.out) throw new Error('--out is missing: the file to write');
  return { count: wholeNumber('count', values.count, 1_000_000), out: values.out, news: values.news };
};

const sourcesOf = async (news: string): Promise<string[]> => {
  try {
    const catalogue: unknown = JSON.parse(await fetchText(news));
    if (!Array.isArray(catalogue)) throw new Error('no JSON list of feeds');
    return catalogue.flatMap((entry: { id?: unknown }) => (typeof entry.id === 'string' ? [entry.id] : []));
  } catch (error) {
    throw new Error(`--news ${news}: ${lineOf(error)}`);
  }
};

const writePeople = async ({ count, out, news }: Wishes): Promise<boolean> => {
  const ids = news ? await sourcesOf(news) : [];
  const people = Array.from({ length: count }, (_, i) => inventedPerson(i, ids));
  writeFileSync(out, `${JSON.stringify(people, null, 1)}\n`);
  return true;
};

/** `npm run people`. */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'people', help: HELP, read: () => readWishes(argv), run: writePeople });
