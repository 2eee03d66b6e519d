import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Faults that axe finds in an open page whose scripts may run, as `rule target`; proves that contrast was looked at. */
export const axeFaults = async (page: Page): Promise<string[]> => {
  await page.evaluate(AXE);
  const { violations, passes }: AxeResults = await page.evaluate('axe.run(document)');
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`));
};
