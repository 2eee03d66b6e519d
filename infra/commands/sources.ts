import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createStores } from '../../functions/adapters/dynamo/stores.ts';
import type { CatalogueEntry } from '../../functions/model/source.ts';
import { catalogue } from '../catalogue/index.ts';
import { loadCatalogue } from '../catalogue/load.ts';
import { seedSources } from '../catalogue/seed.ts';
import { LOCAL_TABLES } from '../tables.ts';

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

/** Fills the sources of a deployed stack from a catalogue. */
export async function main(argv: string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: argv,
    options: { table: text, catalogue: text, endpoint: text, help: { type: 'boolean' } },
  });
  if (values.help || !values.table) {
    (values.help ? console.log : console.error)(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  try {
    const entries: CatalogueEntry[] = values.catalogue ? await loadCatalogue(values.catalogue, textOf) : catalogue;
    const client = new DynamoDBClient(values.endpoint ? { endpoint: values.endpoint } : {});
    const { sources } = createStores(client, { ...LOCAL_TABLES, news: values.table }, new Uint8Array());
    await seedSources(sources, entries, Date.now());
    console.log(`${entries.length} sources`);
  } catch (error) {
    console.error(`sources: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
