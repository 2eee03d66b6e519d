import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { takeLock } from '../../infra/local/lock.ts';

const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-lock-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
};

const TAKE = `const { takeLock } = await import('./infra/local/lock.ts'); console.log(takeLock(process.argv[1]).kind);`;

/** Another process that takes the lock of a folder, tells how that went, and stays until it is killed. */
const other = async (dir: string): Promise<{ kind: string; pid: number; kill(): Promise<void> }> => {
  const stay = `${TAKE} setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', stay, dir]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const kind = await new Promise<string>((done) => child.stdout.on('data', (text) => done(String(text).trim())));
  const ended = new Promise((done) => child.on('close', done));
  return {
    kind,
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
};

test('a folder that another process holds is busy until that was killed; what is released is free', async () => {
  const dir = folder();
  const holder = await other(dir);
  expect(holder.kind).toBe('taken');
  expect(takeLock(dir)).toEqual({ kind: 'busy', pid: holder.pid });
  await holder.kill();
  const taken = takeLock(dir);
  if (taken.kind === 'taken') taken.release();
  expect([taken.kind, readdirSync(dir)]).toEqual(['taken', []]);
});

test('of several that take the lock of a killed process at once one has it', async () => {
  const dir = folder();
  writeFileSync(join(dir, 'lock'), '999999999 gone');
  const kinds = (await Promise.all(Array.from({ length: 6 }, () => other(dir)))).map(({ kind }) => kind).sort();
  expect(kinds).toEqual(['busy', 'busy', 'busy', 'busy', 'busy', 'taken']);
});

test.skipIf(!existsSync('/proc/self/stat'))(
  'a lock whose number is another process’s by now holds nobody up',
  async () => {
    const dir = folder();
    const holder = await other(dir);
    const [pid, boot, began] = readFileSync(join(dir, 'lock'), 'utf8').split(' ');
    expect([pid, boot?.length, Number(began) > 0]).toEqual([String(holder.pid), 36, true]);
    // before a reboot, and earlier in this boot
    for (const birth of [`${boot?.replace(/./g, '0')} ${began}`, `${boot} 1`]) {
      writeFileSync(join(dir, 'lock'), `${pid} ${birth}`);
      expect(takeLock(dir).kind).toBe('taken');
    }
    writeFileSync(join(dir, 'lock'), String(pid));
    expect(takeLock(dir)).toEqual({ kind: 'busy', pid: holder.pid });
  },
);

test('a lock that holds no number is nobody’s', () => {
  const dir = folder();
  for (const text of ['', 'x', '-1', '0']) {
    writeFileSync(join(dir, 'lock'), text);
    expect(takeLock(dir).kind).toBe('taken');
  }
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', TAKE, dir], { encoding: 'utf8' });
  expect(stdout).toBe('busy\n');
});

// fails, by never ending, if it is asked for again without end
test('a lock that cannot be read ends the attempt, and stays', () => {
  const dir = folder();
  mkdirSync(join(dir, 'lock'));
  expect(() => takeLock(dir)).toThrow('can be neither read nor taken away');
  expect(readdirSync(dir)).toEqual(['lock']);
});
