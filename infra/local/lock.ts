import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A data directory has one process at a time. */
export type LockOutcome = { kind: 'taken'; release: () => void } | { kind: 'busy'; pid: number };

const FILE = 'lock';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, alive
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const holderOf = (path: string): number | undefined => {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(pid) && pid > 0 && pid !== process.pid && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
};

/** Takes the lock of a data directory, made if it is not there; that of a process which was killed is taken over. */
export const takeLock = (dir: string): LockOutcome => {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, FILE);
  const pid = holderOf(path);
  if (pid !== undefined) return { kind: 'busy', pid };
  rmSync(path, { force: true });
  writeFileSync(path, String(process.pid), { flag: 'wx' });
  return { kind: 'taken', release: () => rmSync(path, { force: true }) };
};
