import type { Log } from './ports.ts';

type Level = 'info' | 'warn' | 'error';

const RANK: Record<Level, number> = { info: 0, warn: 1, error: 2 };

/**
 * One JSON line per unit of work. Fields are ids, counts and names from closed lists; addresses, titles and
 * links with tokens never are (promise 59).
 * @param write takes one finished line; the rim decides where it goes
 * @param least lines below this level are dropped
 */
export const createLog = (write: (line: string) => void, least: Level = 'info'): Log => {
  const at =
    (level: Level) =>
    (event: string, fields: Record<string, string | number | boolean | null> = {}): void => {
      if (RANK[level] >= RANK[least]) write(JSON.stringify({ level, event, ...fields }));
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
};
