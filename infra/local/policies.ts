import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableNames } from '../../functions/adapters/dynamo/table.ts';
import { ACCESS, FUNCTION_NAMES, type FunctionName, TABLE_NAMES, type TableAccess, type TableName } from '../access.ts';
import { running } from './running.ts';

type Key = Record<string, AttributeValue>;

/** The fields of commands that name tables and partition keys. */
interface Call {
  TableName?: string;
  Key?: Key;
  Item?: Key;
  IndexName?: string;
  KeyConditionExpression?: string;
  ExpressionAttributeValues?: Key;
  RequestItems?: Record<string, { Keys?: Key[] } | { PutRequest?: { Item?: Key }; DeleteRequest?: { Key?: Key } }[]>;
}

const callOf = (input: object): Call => ({ ...input });

/** What a call asks of each table, and the partition keys it names, as IAM's `dynamodb:LeadingKeys` has them. */
const asked = (call: Call): { table: string; keys: (string | undefined)[] }[] => {
  if (call.RequestItems)
    return Object.entries(call.RequestItems).map(([table, some]) => ({
      table,
      keys: Array.isArray(some)
        ? some.map(({ PutRequest, DeleteRequest }) => (PutRequest?.Item ?? DeleteRequest?.Key)?.pk?.S)
        : (some.Keys ?? []).map(({ pk }) => pk?.S),
    }));
  const values = call.ExpressionAttributeValues;
  const key =
    call.Key?.pk ?? call.Item?.pk ?? (call.KeyConditionExpression ? (values?.[':pk'] ?? values?.[':of']) : undefined);
  return [{ table: call.TableName ?? '', keys: [key?.S] }];
};

const allows = (
  { actions, keys: prefixes }: TableAccess,
  action: string,
  keys: readonly (string | undefined)[],
): boolean =>
  actions.some((granted) => granted === action) &&
  (!prefixes || keys.every((key) => prefixes.some((prefix) => key?.startsWith(prefix))));

/** As IAM says it, but for the ARNs. */
class AccessDenied extends Error {
  constructor(fn: string, action: string, table: string, keys: readonly (string | undefined)[]) {
    super(`${fn} is not authorized to perform dynamodb:${action} on ${table} (${keys.join(', ')}): infra/access.ts`);
    this.name = 'AccessDeniedException';
  }
}

const NAMES: readonly FunctionName[] = [...FUNCTION_NAMES, 'handle-mail'];

const functionNamed = (name: string | undefined) => NAMES.find((each) => each === name);

/**
 * Holds each function to its own permissions, those that the stack gives it: what AWS would refuse is refused here. Calls of nobody's, such
 * as those of the operator page, pass.
 */
export const attachPolicies = (client: DynamoDBClient, tables: TableNames): void => {
  const tableOf = (name: string): TableName | undefined => TABLE_NAMES.find((table) => tables[table] === name);
  client.middlewareStack.add(
    (next, context) => (args) => {
      const fn = functionNamed(running.getStore());
      const action = (context.commandName ?? '').replace(/Command$/, '');
      for (const { table, keys } of fn ? asked(callOf(args.input)) : []) {
        const known = tableOf(table);
        const grants = (fn && known && ACCESS[fn][known]) ?? [];
        if (fn && !grants.some((grant) => allows(grant, action, keys))) throw new AccessDenied(fn, action, table, keys);
      }
      return next(args);
    },
    { step: 'initialize', name: 'broadsheetPolicies', override: true },
  );
};
