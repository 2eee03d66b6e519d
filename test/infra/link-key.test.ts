import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readLinkKeys } from '../../functions/adapters/ssm.ts';

/** What docs/link-key.md tells an operator to type, typed into a shell where `aws` is ours. */

const page = readFileSync('docs/link-key.md', 'utf8');
const [, recipe = ''] = /```\n(name=[\s\S]*?)```/.exec(page) ?? [];
const [first = '', second = ''] = [...page.matchAll(/^\d\. .*`(put .*)`$/gm)].map(([, command]) => command);

const run = promisify(execFile);

const OLD = 'ab'.repeat(32);

/** A Parameter Store in a file, and functions that note what they are started with; nothing else is known. */
const AWS = `#!/usr/bin/env bash
set -eu
echo "$1 $2" >> calls
case "$1 $2" in
  'ssm get-parameter') [ -e value ] || exit 254; cat value ;;
  'ssm put-parameter') while [ "$1" != --value ]; do shift; done; printf %s "$2" > value; cat value >> puts; echo >> puts ;;
  'lambda list-functions') case "$4" in *LINK_KEY_PARAMETER==*/broadsheet/prod/link-key*) printf 'web\\tsend-digests\\n';; esac ;;
  'lambda update-function-configuration') echo "$4 $(cat value)" >> starts ;;
  'lambda wait') [ "$3 $4" = 'function-updated --function-name' ] ;;
  *) exit 252 ;;
esac
`;

const typed = async (script: string, value: string | undefined) => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-link-key-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'aws'), AWS, { mode: 0o755 });
  if (value !== undefined) writeFileSync(join(dir, 'value'), value);
  const env = { PATH: `${dir}:${process.env.PATH}` };
  const told = await run('bash', ['-c', script], { cwd: dir, env }).catch((error: { stdout: string }) => error);
  const lines = (name: string): string[] => {
    try {
      return readFileSync(join(dir, name), 'utf8').split('\n').filter(Boolean);
    } catch {
      return [];
    }
  };
  return { puts: lines('puts'), starts: lines('starts'), told: told.stdout };
};

describe('docs/link-key.md', () => {
  it.each([
    ['one key', OLD],
    ['two keys', `${OLD},${'cd'.repeat(32)}`],
  ])('puts a new key second, then first, and starts the functions after each (%s)', async (_what, before) => {
    const { puts, starts } = await typed(`${recipe}\n${first}\n${second}`, before);
    const [, last = ''] = puts;
    const [added = ''] = last.split(',');
    expect(puts).toEqual([`${before},${added}`, `${added},${before}`]);
    expect(starts).toEqual(puts.flatMap((value) => [`web ${value}`, `send-digests ${value}`]));
    expect(added).toMatch(/^[0-9a-f]{64}$/);
    expect(added).not.toBe(OLD);
    expect(readLinkKeys('link-key', last)).toHaveLength(before.split(',').length + 1);
  });

  it('puts nothing where a key is missing: the old could not be read, or the new not made', async () => {
    expect(await typed(`${recipe}\n${first}\n${second}`, undefined)).toMatchObject({ puts: [], starts: [] });
    const { puts, starts, told } = await typed(`${recipe}\nnew=\n${first}\n${second}`, OLD);
    expect([puts, starts, told]).toEqual([[], [], 'a key is missing\na key is missing\n']);
  });

  it('counts the keys that a parameter holds', () => {
    const of = (count: number): number => Array.from({ length: count }, () => OLD).join(',').length;
    const [, count] = /4,096 characters: (\d+) keys/.exec(page) ?? [];
    expect([of(Number(count)) <= 4096, of(Number(count) + 1) <= 4096]).toEqual([true, false]);
  });
});
