import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { GOLDEN, goldenFiles } from './golden-files.ts';

// `npm test` only compares. After a wanted change: node test/digest/press/write-golden.ts --write, look at the diff, and say
// in the commit why each file changed.
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const files = await goldenFiles();
if (values.write) {
  await mkdir(GOLDEN, { recursive: true });
  for (const [name, content] of files) await writeFile(new URL(name, GOLDEN), content);
}
console.log(`${values.write ? 'wrote' : 'would write'} ${files.size} files to test/golden (--write does)`);
