import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { COMPILED, compileTemplates } from '../../../infra/templates/compile.ts';

const text = await readFile(COMPILED, 'utf8');
const compiled: Record<string, Record<string, Record<string, string>>> = JSON.parse(text);
const pieces = Object.entries(compiled).flatMap(([page, directions]) =>
  Object.entries(directions).flatMap(([direction, blocks]) =>
    Object.entries(blocks).map(([block, html]) => ({ name: `${page} ${direction} ${block}`, html })),
  ),
);

test('the committed file is what the templates compile to', async () => {
  expect(`${JSON.stringify(await compileTemplates(), null, 1)}\n`).toBe(text);
});

test('both directions have the same pieces with the same marks', () => {
  const marks = (blocks: Record<string, string> = {}) =>
    Object.entries(blocks).map(([name, html]) => [name, html.match(/\{\{[^}]*\}\}/g)]);
  for (const { ltr, rtl } of Object.values(compiled)) expect(marks(rtl)).toEqual(marks(ltr));
});

test.each(pieces)('$name: ASCII, conditional comments whole, no build mark left', ({ html }) => {
  expect(html).toMatch(/^[\n\x20-\x7e]*$/);
  expect(html).not.toMatch(/\[\[|\]\]/);
  const marks = html.match(/<!--\[if|<!\[endif\]/g) ?? [];
  expect(marks).toEqual(marks.map((_, at) => (at % 2 === 0 ? '<!--[if' : '<![endif]')));
});

test.each(pieces)('$name: no web font, no script, nothing loaded', ({ html }) => {
  expect(html).not.toMatch(/<script|<link|@import|url\(|Roboto|http-equiv|googleapis/i);
});

test('nothing but our own templates reaches the MJML compiler: one build script calls it, which takes nothing and which no function imports', () => {
  const files = ['functions', 'infra'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => `${folder}/${path}`),
  );
  const importing = (what: RegExp) => files.filter((path) => what.test(readFileSync(path, 'utf8')));
  // the bench compiles MJML for each reader to show what that costs
  const product = importing(/from 'mjml'|import\('mjml'\)|require\('mjml'\)/).filter(
    (path) => !path.startsWith('infra/bench/'),
  );
  expect(product).toEqual(['infra/templates/compile.ts']);
  expect(importing(/infra\/templates|compile\.ts'/).filter((path) => path.startsWith('functions/'))).toEqual([]);
  expect(compileTemplates.length).toBe(0);
});
