import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';

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
  child.stderr.on('data', (text) => {
    told += text;
  });
  const ended = new Promise<{ code: number | null; told: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, told }));
  });
  return { child, ended };
};

// start.ts: listens for signals only once all is started
test('whoever ends it before it is ready ends it well, and leaves no lock', async () => {
  const dir = folder();
  const { child, ended } = start('--data', dir);
  while (!existsSync(join(dir, 'lock'))) await later(5);
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, told: '' });
  expect(existsSync(join(dir, 'lock'))).toBe(false);
});

// start.ts: takes the lock outside of what catches
test('a folder that is a file is refused in one line', async () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  const { code, told } = await start('--data', file).ended;
  expect(code).toBe(1);
  expect(told).toMatch(/^broadsheet: .*\n$/);
});
