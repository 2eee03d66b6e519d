import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const isThere = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';

/**
 * Makes a folder and those above it, one by one: below /proc, where nobody can make one, Node's `recursive` tries without end.
 * @throws what the system says of the first that cannot be made
 */
export const makeFolder = (path: string): void => {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const each of missing) {
    try {
      mkdirSync(each);
    } catch (error) {
      // another process made it meanwhile
      if (!(isThere(error) && existsSync(each))) throw error;
    }
  }
};
