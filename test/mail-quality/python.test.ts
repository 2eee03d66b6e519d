import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { tidy } from '../../functions/digest/press/escape.ts';
import { createPress } from '../../functions/digest/press/press.ts';
import { aCard, aView, BRAND, ENVELOPE } from '../digest/press/views.ts';
import { randomTitles } from './titles.ts';

/** A second reader of mails, written by others. CI has Python, or fails. */
const here = spawnSync('python3', ['--version']).status === 0 || process.env.CI === 'true';

const answer = z.array(
  z.object({
    subject: z.string(),
    text: z.string(),
    html: z.boolean(),
    defects: z.array(z.string()),
    headers: z.array(z.string()),
  }),
);

const readByPython = (mails: string[]) => {
  const script = fileURLToPath(new URL('read_mails.py', import.meta.url));
  const input = JSON.stringify(mails.map((raw) => btoa(raw)));
  const { stdout, stderr } = spawnSync('python3', [script], { input, maxBuffer: 1 << 28, encoding: 'utf8' });
  if (stdout === '') throw new Error(`python3: ${stderr}`);
  return answer.parse(JSON.parse(stdout));
};

describe.runIf(here)('five hundred titles, read by Python', () => {
  const press = createPress(BRAND);
  const titles = randomTitles(500);
  const mails = titles.map((title) => press.digest(aView({ lead: aCard({ title, summary: title }) }), ENVELOPE));
  // vitest runs this body also where it then skips the tests
  const read = here ? readByPython(mails.map(({ raw }) => raw)) : [];
  const flat = (text: string): string => text.replace(/\s+/g, '');

  test('no mail has a defect, each has both parts', () => {
    expect(read.map(({ defects, html }) => [defects, html])).toEqual(titles.map(() => [[], true]));
  });

  test('every subject comes back', () => {
    expect(read.map(({ subject }) => subject)).toEqual(mails.map(({ subject }) => subject));
  });

  test('every title stands whole in the text', () => {
    const lost = titles.filter((title, at) => !flat(read[at]?.text ?? '').includes(flat(tidy(title))));
    expect(lost).toEqual([]);
  });

  test('no title adds a header', () => {
    expect(new Set(read.map(({ headers }) => headers.join())).size).toBe(1);
  });
});
