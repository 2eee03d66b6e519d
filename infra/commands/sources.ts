import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createStores } from '../../functions/adapters/dynamo/stores.ts';
import type { CatalogueEntry } from '../../functions/model/source.ts';
import { catalogue } from '../catalogue/index.ts';
import { loadCatalogue } from '../catalogue/load.ts';
import { seedSources } from '../catalogue/seed.ts';
import { LOCAL_TABLES } from '../tables.ts';
import { runCommand } from './command-line.ts';

const HELP = `npm run sources -- --table NAME [--catalogue FILE|URL] [--endpoint URL]

Makes the house sources of a deployed stack those of a catalogue: new ones are added, changed ones updated, and those it
no longer lists are not asked again. Takes your own AWS credentials and region.

  --table NAME      the NewsTable that 'npm run deploy' printed
  --catalogue FILE  feeds.json or OPML, a file or an address; without it the catalogue that comes with Broadsheet
  --endpoint URL    another DynamoDB than AWS's`;

const textOf = async (place: string): Promise<string> => {
  if (!/^https?:/.test(place)) return readFileSync(place, 'utf8');
  const answer = await fetch(place);
  if (!answer.ok) throw new Error(`catalogue ${place}: status ${answer.status}`);
  return answer.text();
};

interface Wishes {
  table: string;
  catalogue: string | undefined;
  endpoint: string | undefined;
}

const readWishes = (argv: string[]): Wishes | 'help' => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: argv,
    options: { table: text, catalogue: text, endpoint: text, help: { type: 'boolean', default: false } },
  });
  if (values.help) return 'help';
  if (!values.table) throw new Error("--table is missing: the NewsTable that 'npm run deploy' printed");
  return { table: values.table, catalogue: values.catalogue, endpoint: values.endpoint };
};

const fillSources = async ({ table, catalogue: place, endpoint }: Wishes): Promise<boolean> => {
  const entries: CatalogueEntry[] = place ? await loadCatalogue(place, textOf) : catalogue;
  const client = new DynamoDBClient(endpoint ? { endpoint } : {});
  const { sources } = createStores(client, { ...LOCAL_TABLES, news: table }, new Uint8Array());
  await seedSources(sources, entries, Date.now());
  console.log(`${entries.length} sources`);
  return true;
};

/** Fills the sources of a deployed stack from a catalogue. */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'sources', help: HELP, read: () => readWishes(argv), run: fillSources });
