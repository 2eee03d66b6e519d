import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later, setImmediate as soon } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { forget, markAsOurs } from '../../infra/local/session.ts';

const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-start-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
};

/** `npm start` as a process, and how it ended. */
const start = (...args: string[]) => {
  const child = spawn(process.execPath, ['infra/run.mjs', 'start', '--samples', '--port', '0', ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let told = '';
  const origin = new Promise<string>((resolve) => {
    child.stdout.on('data', (text) => {
      const [, found] = /^ready (\S+)\/$/m.exec(String(text)) ?? [];
      if (found) resolve(found);
    });
  });
  child.stderr.on('data', (text) => {
    told += text;
  });
  const ended = new Promise<{ code: number | null; told: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, told }));
  });
  return { child, ended, origin };
};

// start.ts: listens for signals only once all is started, or once the lock is taken
test('whoever ends it before it is ready ends it well, and leaves no lock', async () => {
  const dir = folder();
  const { child, ended } = start('--data', dir);
  // at once: what the lock tells is that somebody can end it
  while (!existsSync(join(dir, 'lock'))) await soon();
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, told: '' });
  expect(existsSync(join(dir, 'lock'))).toBe(false);
});

// session.ts: closes the tables under the ticks of the jump
test('whoever ends it in the middle of a jump of the clock ends it well, and it goes on from there', async () => {
  const dir = folder();
  let reached = '2026-01-05T05:00';
  // at some moments nothing is asked of the tables
  for (const moment of [30, 60, 90, 120]) {
    const { child, ended, origin } = start('--data', dir, ...(moment === 30 ? ['--at', '2026-01-05T05:00:00Z'] : []));
    const clock = `${await origin}/_clock`;
    const now = async (): Promise<string> => (await (await fetch(clock)).text()).slice(8, 24);
    expect((await now()) >= reached).toBe(true);
    const jump = fetch(`${clock}?at=2026-06-05T05:00:00Z`, { method: 'POST' }).catch(() => 'cut off');
    const before = await now();
    while ((await now()) === before) await later(10);
    await later(moment);
    reached = await now();
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, told: '' });
    // it did not wait for the whole jump
    expect(await jump).toBe('cut off');
  }
  expect(reached < '2026-05').toBe(true);
});

// start.ts: takes the lock outside of what catches
test('a folder that is a file is refused in one line', async () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  const { code, told } = await start('--data', file).ended;
  expect(code).toBe(1);
  expect(told).toMatch(/^broadsheet: \S+\/file is no folder to keep data in \(.*\); choose another with --data\n$/);
});

// folder.ts: Node's recursive mkdir never comes back from below /proc
test('a folder where nobody can make one is refused in one line', async () => {
  const { code, told } = await start('--data', '/proc/x/y').ended;
  expect(code).toBe(1);
  expect(told).toMatch(/^broadsheet: \/proc\/x\/y is no folder to keep data in \(.*\); choose another with --data\n$/);
});

test('--reset takes nothing away from a folder that is not ours, though names in it are', async () => {
  const dir = folder();
  mkdirSync(join(dir, 'mails'));
  writeFileSync(join(dir, 'mails', 'letter'), 'Dear Ada');
  writeFileSync(join(dir, 'secrets.json'), '{"password":"1234"}');
  expect(await start('--data', dir, '--reset').ended).toEqual({
    code: 1,
    told: `broadsheet: --reset: ${dir} is no data folder of ours, though it has mails, secrets.json; nothing was removed\n`,
  });
  expect(readdirSync(dir).sort()).toEqual(['mails', 'secrets.json']);
});

test('--reset forgets the data of a start, of one that was cut short, and of an earlier version', async () => {
  const dir = folder();
  const first = start('--data', dir);
  await first.origin;
  first.child.kill('SIGTERM');
  await first.ended;
  const secrets = readFileSync(join(dir, 'secrets.json'), 'utf8');
  rmSync(join(dir, '.broadsheet'));
  forget(dir);
  expect(readdirSync(dir)).toEqual([]);
  writeFileSync(join(dir, 'secrets.json'), secrets.slice(0, 9));
  expect(() => forget(dir)).toThrow('no data folder of ours');
  markAsOurs(dir);
  forget(dir);
  expect(readdirSync(dir)).toEqual([]);
});

test('a folder that another process runs on is refused with its number, and keeps its lock', async () => {
  const dir = folder();
  const first = start('--data', dir);
  await first.origin;
  const { code, told } = await start('--data', dir, '--reset').ended;
  expect({ code, told }).toEqual({
    code: 1,
    told: `broadsheet: process ${first.child.pid} already runs on ${dir}; choose another with --data\n`,
  });
  expect(existsSync(join(dir, 'lock'))).toBe(true);
  expect(existsSync(join(dir, 'clock.json'))).toBe(true);
});
