import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { createPress } from '../../functions/digest/press/press.ts';
import { PEOPLE } from '../digest/press/people.ts';
import { AT, BRAND, ENVELOPE } from '../digest/press/views.ts';

/** SpamAssassin's own rules, without the network (Debian's package). CI has it, or fails. */
const here = spawnSync('spamassassin', ['--version']).status === 0 || process.env.CI === 'true';

const press = createPress(BRAND);
const digest = (name: string) => press.digest(PEOPLE[name] ?? expect.fail(name), ENVELOPE).raw;
const letter = press.letter(
  { kind: 'confirm', language: 'en', link: 'https://broadsheet.example/c/k7f3v0q2m9x1', hours: 48 },
  { to: 'reader@example.org', date: AT },
).raw;

const scoreOf = (raw: string): { score: number; report: string } => {
  const { stdout } = spawnSync('spamassassin', ['-L', '-t'], { input: raw, encoding: 'utf8', maxBuffer: 1 << 26 });
  const [, score = 'none'] = /Content analysis details:\s+\(\s*(-?[\d.]+) points/.exec(stdout) ?? [];
  return { score: Number(score), report: stdout.slice(stdout.lastIndexOf('Content analysis')) };
};

describe.runIf(here)('SpamAssassin', () => {
  test.each([
    ['full', digest('full')],
    ['forty', digest('forty')],
    ['rtl', digest('rtl')],
    ['letter', letter],
  ])('gives the mail of %s at most 1.0', (_, raw) => {
    const { score, report } = scoreOf(raw);
    expect(score, report).toBeLessThanOrEqual(1);
  });
});
