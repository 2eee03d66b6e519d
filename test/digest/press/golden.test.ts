import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { GOLDEN, goldenFiles } from './golden-files.ts';

const made = await goldenFiles();

test.each([...made.keys()])('%s is as it was last looked at', async (name) => {
  expect(made.get(name)).toBe(await readFile(new URL(name, GOLDEN), 'utf8'));
});

test('no golden file is left over', async () => {
  expect((await readdir(GOLDEN)).sort()).toEqual([...made.keys()].sort());
});
