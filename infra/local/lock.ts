import { constants, copyFileSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../folder.ts';

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

const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/**
 * Tells a process from all others of its number: the boot, and when in it the process began. After a reboot, or in a container
 * started anew, the number of one that was killed is another's. Only where the system says so, which is on Linux.
 */
const birthOf = (pid: number): string | undefined => {
  const boot = textOf('/proc/sys/kernel/random/boot_id')?.trim();
  // proc(5): the name in brackets may hold anything; `starttime` is the twentieth field behind it
  const [, behind = ''] = /^.*\) (.*)$/s.exec(textOf(`/proc/${pid}/stat`) ?? '') ?? [];
  const started = behind.split(' ')[19];
  return boot && started ? `${boot} ${started}` : undefined;
};

const nameOf = (pid: number): string => [pid, birthOf(pid)].filter(Boolean).join(' ');

/** The process that a lock names, if it is alive; a lock of an earlier version names the number alone. */
const holderOf = (lock: string): number | undefined => {
  const [number = '', ...birth] = lock.split(' ');
  const pid = Number(number);
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid || !isAlive(pid)) return undefined;
  const now = birthOf(pid);
  return birth.length === 0 || now === undefined || now === birth.join(' ') ? pid : undefined;
};

const unlessThere = (make: () => void): boolean => {
  try {
    make();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
};

/** Puts a lock there with what it says, or not at all: of two that try at once one does. */
const place = (own: string, path: string): boolean => {
  try {
    return unlessThere(() => linkSync(own, path));
  } catch {
    // a disk without links: then a lock is there for a moment before it says whose it is
    return unlessThere(() => copyFileSync(own, path, constants.COPYFILE_EXCL));
  }
};

/** Takes a dead lock away; one that another process put in its place meanwhile goes back. */
const clear = (path: string, own: string, dead: string): void => {
  const aside = `${own}.dead`;
  try {
    renameSync(path, aside);
  } catch {
    return; // somebody else did
  }
  if (textOf(aside) !== dead) place(aside, path);
  rmSync(aside, { force: true });
};

/** So often a lock may change hands while it is asked for. */
const ATTEMPTS = 20;

const hold = (path: string, own: string): LockOutcome => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (place(own, path)) return { kind: 'taken', release: () => rmSync(path, { force: true }) };
    const lock = textOf(path);
    if (lock === undefined) continue;
    const pid = holderOf(lock);
    if (pid !== undefined) return { kind: 'busy', pid };
    clear(path, own, lock);
  }
  throw new Error(`${path} can be neither read nor taken away`);
};

/** Takes the lock of a data directory, made if it is not there; that of a process which was killed is taken over. */
export const takeLock = (dir: string): LockOutcome => {
  makeFolder(dir);
  const path = join(dir, FILE);
  const own = `${path}.${process.pid}`;
  writeFileSync(own, nameOf(process.pid));
  try {
    return hold(path, own);
  } finally {
    rmSync(own, { force: true });
  }
};
