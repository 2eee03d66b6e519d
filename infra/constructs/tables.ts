import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { TableName } from '../access.ts';
import { TABLES, type TableSpec } from '../tables.ts';

export interface TablesProps {
  removalPolicy: RemovalPolicy;
}

const stringKey = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });

/** The five tables: paid by request, with point-in-time recovery, and kept when a `prod` stack is removed. */
export class Tables extends Construct {
  readonly #tables: Record<TableName, dynamodb.TableV2>;

  constructor(scope: Construct, id: string, { removalPolicy }: TablesProps) {
    super(scope, id);
    const make = ({ name, partitionKey, sortKey, ttl, indexes }: TableSpec): dynamodb.TableV2 =>
      new dynamodb.TableV2(this, name, {
        partitionKey: stringKey(partitionKey),
        ...(sortKey && { sortKey: stringKey(sortKey) }),
        ...(ttl && { timeToLiveAttribute: ttl }),
        billing: dynamodb.Billing.onDemand(),
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
        removalPolicy,
        globalSecondaryIndexes: (indexes ?? []).map((index) => ({
          indexName: index.name,
          partitionKey: stringKey(index.partitionKey),
          sortKey: stringKey(index.sortKey),
        })),
      });
    this.#tables = {
      news: make(TABLES.news),
      subscribers: make(TABLES.subscribers),
      deliveries: make(TABLES.deliveries),
      cohorts: make(TABLES.cohorts),
      control: make(TABLES.control),
    };
  }

  byName(name: TableName): dynamodb.TableV2 {
    return this.#tables[name];
  }

  /** Their names as the functions' configuration takes them. */
  environment(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.#tables).map(([name, table]) => [`TABLE_${name.toUpperCase()}`, table.tableName]),
    );
  }
}
