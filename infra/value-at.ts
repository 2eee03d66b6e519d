/** What stands at a path in data of any form; undefined where nothing does. */
export const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner === null || inner === undefined ? undefined : Object(inner)[key]), data);
