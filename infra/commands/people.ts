import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { TOPICS } from '../../functions/model/topic.ts';

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

export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      count: { type: 'string', default: '60' },
      out: { type: 'string' },
      news: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help || !values.out) {
    (values.help ? console.log : console.error)(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const catalogue: unknown = values.news ? await (await fetch(values.news)).json() : [];
  const ids = Array.isArray(catalogue)
    ? catalogue.flatMap((entry: { id?: unknown }) => (typeof entry.id === 'string' ? [entry.id] : []))
    : [];
  const people = Array.from({ length: Number(values.count) }, (_, i) => inventedPerson(i, ids));
  writeFileSync(values.out, `${JSON.stringify(people, null, 1)}\n`);
}
