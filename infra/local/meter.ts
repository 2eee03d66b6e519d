import { isDeepStrictEqual } from 'node:util';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type ConsumedCapacity,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { itemSize } from './item-size.ts';
import { running } from './running.ts';

type Item = Record<string, AttributeValue>;

/** On-demand request units. */
export interface Units {
  read: number;
  write: number;
}

/** Units by table and by index (`Subscribers/by-cohort`), as AWS would bill them. */
export interface Consumed {
  table: Record<string, Units>;
  index: Record<string, Units>;
}

/** What the meter must know of a table with an index; the index is taken to project all attributes. */
export interface MeteredIndex {
  table: string;
  index: string;
  partitionKey: string;
}

export interface Meter {
  consumed(): Consumed;
  /** The same by the function that consumed it, where functions are watched. */
  byFunction(): Record<string, Consumed>;
  /** All tables and all indexes together. */
  total(): { table: Units; index: Units };
}

/** The fields of inputs and outputs that count, whatever the command. */
interface Call {
  TableName?: string;
  IndexName?: string;
  ConsistentRead?: boolean;
  Item?: Item;
  ReturnValues?: string;
  ReturnConsumedCapacity?: string;
}

interface Answer {
  ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
  Attributes?: Item;
}

/** The SDK's middleware sees all commands as one union; these read the few fields that count. */
const callOf = (input: object): Call => ({ ...input });
const answerOf = (output: object): Answer => ({ ...output });

const WRITES = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand', 'BatchWriteItemCommand']);
const READS = new Set(['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand', 'ScanCommand']);
/** Their old item tells what an index had; it is asked for where nobody else asks for other values. */
const REPLACING = new Set(['PutItemCommand', 'DeleteItemCommand']);

const writeUnits = (item: Item): number => Math.max(1, Math.ceil(itemSize(item) / 1024));

/** Writes that an index needs when one item takes the place of another (AWS docs, "Provisioned throughput considerations for GSIs"). */
const indexWrites = (key: string, before: Item | undefined, after: Item | undefined): number => {
  const was = before?.[key] ? before : undefined;
  const is = after?.[key] ? after : undefined;
  if (was && is) {
    if (!isDeepStrictEqual(was[key], is[key])) return writeUnits(was) + writeUnits(is);
    return isDeepStrictEqual(was, is) ? 0 : Math.max(writeUnits(was), writeUnits(is));
  }
  if (is) return writeUnits(is);
  return was ? writeUnits(was) : 0;
};

const listOf = <Value>(value: Value | Value[] | undefined): Value[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

const totalOf = (units: Record<string, Units>): Units =>
  Object.values(units).reduce((sum, each) => ({ read: sum.read + each.read, write: sum.write + each.write }), {
    read: 0,
    write: 0,
  });

/**
 * Counts what a client consumes. dynalite leaves out index writes, conditions that refuse (AWS bills them as writes) and queries
 * that find nothing; they are added here. A refused update is taken for one unit: our updated items are under 1 KB.
 */
export const attachMeter = (client: DynamoDBClient, indexes: readonly MeteredIndex[]): Meter => {
  const consumed: Consumed = { table: {}, index: {} };
  const byFunction: Record<string, Consumed> = {};
  const count = (of: 'table' | 'index', name: string, kind: keyof Units, units: number): void => {
    byFunction[running.getStore() ?? '-'] ??= { table: {}, index: {} };
    for (const counted of [consumed, byFunction[running.getStore() ?? '-']]) {
      if (!counted) continue;
      const there = counted[of][name] ?? { read: 0, write: 0 };
      counted[of][name] = { ...there, [kind]: there[kind] + units };
    }
  };

  const countRead = (call: Call, answer: Answer): void => {
    for (const { TableName = '', CapacityUnits = 0 } of listOf(answer.ConsumedCapacity)) {
      const units = Math.max(CapacityUnits, call.ConsistentRead ? 1 : 0.5);
      if (call.IndexName === undefined) count('table', TableName, 'read', units);
      else count('index', `${TableName}/${call.IndexName}`, 'read', units);
    }
  };

  const countWrite = (command: string, call: Call, answer: Answer): void => {
    for (const { TableName = '', CapacityUnits = 0 } of listOf(answer.ConsumedCapacity)) {
      count('table', TableName, 'write', CapacityUnits);
      for (const { table, index, partitionKey } of indexes) {
        if (table !== TableName) continue;
        if (!REPLACING.has(command)) throw new Error(`the meter cannot tell what ${command} writes to index ${index}`);
        const units = indexWrites(partitionKey, answer.Attributes, call.Item);
        if (units > 0) count('index', `${table}/${index}`, 'write', units);
      }
    }
  };

  client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = context.commandName ?? '';
      if (!READS.has(command) && !WRITES.has(command)) return next(args);
      const call: Call = { ...callOf(args.input), ReturnConsumedCapacity: 'TOTAL' };
      if (REPLACING.has(command)) call.ReturnValues ??= 'ALL_OLD';
      try {
        const result = await next({ ...args, input: { ...args.input, ...call } });
        const answer = answerOf(result.output);
        if (READS.has(command)) countRead(call, answer);
        else countWrite(command, call, answer);
        return result;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) {
          count('table', call.TableName ?? '', 'write', call.Item ? writeUnits(call.Item) : 1);
        }
        throw error;
      }
    },
    { step: 'initialize', name: 'broadsheetMeter', override: true },
  );

  return {
    consumed: () => structuredClone(consumed),
    byFunction: () => structuredClone(byFunction),
    total: () => ({ table: totalOf(consumed.table), index: totalOf(consumed.index) }),
  };
};
