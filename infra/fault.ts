/** What stands at a path in data of any form; undefined where nothing does. */
export const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner === null || inner === undefined ? undefined : Object(inner)[key]), data);

/** As much of a value as tells the operator which it is. */
const LONGEST = 80;

const told = (value: unknown): string => {
  if (value === undefined) return 'is missing';
  const text = JSON.stringify(value);
  return `is ${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}`;
};

/** A fault in data that somebody wrote: where it is, what stands there, and what is wanted (the message). */
export const faultAt = (data: unknown, { path, message }: { path: readonly PropertyKey[]; message: string }): string =>
  [path.join('.'), `${told(valueAt(data, path))}: ${message}`].filter(Boolean).join(' ');
