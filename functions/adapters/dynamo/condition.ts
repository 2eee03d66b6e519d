import type { Row } from './table.ts';

/** What must hold of the stored row for a write to happen. The database settles races: nothing is read first to decide. */
export interface Condition {
  expression: string;
  names?: Record<string, string>;
  values?: Row;
}

/** Nobody has written it yet. */
export const ABSENT: Condition = { expression: 'attribute_not_exists(pk)' };

/** It is there already. */
export const PRESENT: Condition = { expression: 'attribute_exists(pk)' };

/** Both must hold. */
export const both = (one: Condition, other: Condition): Condition => ({
  expression: `(${one.expression}) AND (${other.expression})`,
  names: { ...one.names, ...other.names },
  values: { ...one.values, ...other.values },
});

/** One of them is enough. */
export const either = (one: Condition, other: Condition): Condition => ({
  ...both(one, other),
  expression: `(${one.expression}) OR (${other.expression})`,
});
