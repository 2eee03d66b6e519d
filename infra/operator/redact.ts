/** Fields that hold ids, counts, instants and words of closed lists: never an address, a title or a link. */
const SAFE = new Set([
  'v',
  'kind',
  'cohort',
  'dueAt',
  'period',
  'date',
  'shards',
  'edition',
  'after',
  'subscriber',
  'askedAt',
  'delivery',
  'look',
  'lookAt',
  'host',
  'tickAt',
  'source',
  'detail-type',
  'detail',
  'eventType',
]);

/** Cohorts, ids, hosts and dates are made of these; an `@` is in none of them. */
const SAFE_TEXT = /^[A-Za-z0-9_|/.:+ -]{0,80}$/;

const HIDDEN = '(hidden)';

const redactValue = (value: unknown): unknown => {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return SAFE_TEXT.test(value) ? value : HIDDEN;
  if (Array.isArray(value)) return value.every((each) => typeof each === 'number') ? value : `(${value.length} hidden)`;
  return typeof value === 'object' ? redactFields(value) : HIDDEN;
};

const redactFields = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, SAFE.has(name) ? redactValue(value) : HIDDEN]),
  );

/** A message's body as an operator may see it: what it is about, without what it says of a person. */
export const redactBody = (body: string): Record<string, unknown> => {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? redactFields(read)
      : { unreadable: body.length };
  } catch {
    return { unreadable: body.length };
  }
};
