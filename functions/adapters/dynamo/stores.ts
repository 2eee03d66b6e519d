import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../../model/time.ts';
import type { Cohorts, Control, Deliveries, Editions, Sources, Stories, Subscribers } from '../../ports.ts';
import { createCohorts } from './cohorts.ts';
import { createControl } from './control.ts';
import { createDeliveries } from './deliveries.ts';
import { createEditions } from './editions.ts';
import { openTable } from './open-table.ts';
import { pageReader } from './read-page.ts';
import { createSources } from './sources.ts';
import { createStories } from './stories.ts';
import { createSubscribers } from './subscribers.ts';
import type { BrokenRow, TableNames } from './table.ts';

export interface Stores {
  sources: Sources;
  stories: Stories;
  editions: Editions;
  subscribers: Subscribers;
  cohorts: Cohorts;
  deliveries: Deliveries;
  control: Control;
}

/**
 * All stores over one client.
 * @param pepper keys the hashes of suppression marks and limits; a function without secrets gives an empty one
 * @param options.now decides how long rows live; `broken` is told of rows in lists that cannot be read, which are thrown without it
 */
export const createStores = (
  client: DynamoDBClient,
  names: TableNames,
  pepper: Uint8Array,
  options: { now?: () => Instant; broken?: (row: BrokenRow) => void } = {},
): Stores => {
  const news = openTable(client, names.news);
  const control = openTable(client, names.control);
  const readPage = pageReader(options.broken);
  return {
    sources: createSources(news, readPage),
    stories: createStories(news, readPage),
    editions: createEditions(news, control, readPage, options.now ?? Date.now),
    subscribers: createSubscribers(openTable(client, names.subscribers), readPage),
    cohorts: createCohorts(openTable(client, names.cohorts), readPage),
    deliveries: createDeliveries(openTable(client, names.deliveries), readPage),
    control: createControl(control, pepper),
  };
};
