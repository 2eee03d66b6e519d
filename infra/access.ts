/** A grant on one table: exact DynamoDB actions, on keys with these prefixes only if any are named. */
export interface TableAccess {
  actions: readonly TableAction[];
  keys?: readonly string[];
}

export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'Scan'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchWriteItem';

export const TABLE_NAMES = ['news', 'subscribers', 'deliveries', 'cohorts', 'control'] as const;

export type TableName = (typeof TABLE_NAMES)[number];

/** The functions that every stack has. */
export const FUNCTION_NAMES = [
  'fetch-sources',
  'edit-shelves',
  'plan-digests',
  'send-digests',
  'send-letters',
  'web',
  'handle-feedback',
  'take-census',
] as const;

/** The functions that every stack has, and the one that takes mail where the operator wants that. */
export type FunctionName = (typeof FUNCTION_NAMES)[number] | 'handle-mail';

const read: TableAccess = { actions: ['GetItem', 'BatchGetItem', 'Query'] };

/** Control is shared, so each function sees the rows of its own business only. */
const control = {
  edition: { actions: ['GetItem'], keys: ['EDITION'] },
  publish: { actions: ['GetItem', 'PutItem'], keys: ['EDITION'] },
  suppressed: { actions: ['GetItem'], keys: ['SUPPRESSED#'] },
  suppress: { actions: ['PutItem'], keys: ['SUPPRESSED#'] },
  limits: { actions: ['UpdateItem'], keys: ['LIMIT#'] },
  counters: { actions: ['BatchGetItem', 'UpdateItem'], keys: ['COUNT#'] },
  brake: { actions: ['GetItem'], keys: ['BRAKE'] },
  pull: { actions: ['GetItem', 'PutItem'], keys: ['BRAKE'] },
  budget: { actions: ['GetItem', 'PutItem'], keys: ['RATE'] },
} as const satisfies Record<string, TableAccess>;

const sender: Partial<Record<TableName, readonly TableAccess[]>> = {
  news: [read],
  subscribers: [{ actions: ['GetItem', 'Query'] }],
  deliveries: [{ actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'] }],
  control: [control.edition, control.suppressed, control.counters, control.limits, control.budget, control.brake],
};

/** Who may touch which table, and how: the right-hand column of the table in design.md, as policy. */
export const ACCESS: Record<FunctionName, Partial<Record<TableName, readonly TableAccess[]>>> = {
  'fetch-sources': { news: [{ actions: ['GetItem', 'Query', 'PutItem', 'BatchWriteItem'] }] },
  'edit-shelves': {
    news: [{ actions: ['BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem'] }],
    cohorts: [{ actions: ['Query'] }],
    control: [control.publish],
  },
  'plan-digests': { cohorts: [{ actions: ['Query', 'UpdateItem'] }], control: [control.edition, control.counters] },
  'send-digests': sender,
  'send-letters': sender,
  web: {
    news: [read, { actions: ['PutItem'], keys: ['REQUEST#'] }],
    subscribers: [{ actions: ['GetItem', 'PutItem', 'DeleteItem'] }],
    deliveries: [{ actions: ['GetItem', 'Query'] }],
    cohorts: [{ actions: ['UpdateItem', 'BatchWriteItem'] }],
    control: [control.edition, control.limits],
  },
  'handle-mail': {
    news: [{ actions: ['Query'] }],
    subscribers: [{ actions: ['GetItem', 'PutItem', 'DeleteItem'] }],
    cohorts: [{ actions: ['UpdateItem'] }],
    control: [control.limits],
  },
  'handle-feedback': {
    subscribers: [{ actions: ['GetItem', 'PutItem'] }],
    deliveries: [{ actions: ['GetItem', 'UpdateItem'] }],
    control: [control.suppress, control.counters, control.limits, control.pull],
  },
  'take-census': {
    subscribers: [{ actions: ['Scan', 'GetItem', 'PutItem', 'DeleteItem'] }],
    deliveries: [{ actions: ['GetItem', 'Query', 'PutItem'] }],
    cohorts: [{ actions: ['GetItem', 'Query', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'] }],
    control: [control.edition, control.counters],
  },
};
