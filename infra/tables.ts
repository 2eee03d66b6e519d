import { BY_COHORT, type TableNames } from '../functions/adapters/dynamo/table.ts';

/** A table as data: the CDK stack and local mode make the same ones from it. All keys are strings; all are paid by request. */
export interface TableSpec {
  /** The table's name, which a stack puts its own prefix before. */
  name: string;
  partitionKey: string;
  sortKey?: string;
  /** The attribute with the epoch second after which DynamoDB removes an item. */
  ttl?: string;
  /** Indexes project all attributes. */
  indexes?: readonly { name: string; partitionKey: string; sortKey: string }[];
}

/** The five tables; keys and rows are in functions/adapters/dynamo/table.ts. */
export const TABLES = {
  news: { name: 'News', partitionKey: 'pk', sortKey: 'sk', ttl: 'ttl' },
  subscribers: {
    name: 'Subscribers',
    partitionKey: 'pk',
    indexes: [{ name: BY_COHORT, partitionKey: 'cohort', sortKey: 'pk' }],
  },
  deliveries: { name: 'Deliveries', partitionKey: 'pk', sortKey: 'sk', ttl: 'ttl' },
  cohorts: { name: 'Cohorts', partitionKey: 'pk', sortKey: 'sk' },
  control: { name: 'Control', partitionKey: 'pk', ttl: 'ttl' },
} as const satisfies Record<keyof TableNames, TableSpec>;

/** Names as local mode uses them: without a prefix. */
export const LOCAL_TABLES: TableNames = {
  news: TABLES.news.name,
  subscribers: TABLES.subscribers.name,
  deliveries: TABLES.deliveries.name,
  cohorts: TABLES.cohorts.name,
  control: TABLES.control.name,
};

/** The indexes, as the meter wants them. */
export const LOCAL_INDEXES = [
  { table: TABLES.subscribers.name, index: BY_COHORT, partitionKey: TABLES.subscribers.indexes[0].partitionKey },
];
