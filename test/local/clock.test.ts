import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { createClock } from '../../infra/local/clock.ts';

test('it runs on at real speed from where it was set, forward only', () => {
  let wall = 1_000_000;
  const clock = createClock({ at: 5 * DAY, wall: () => wall });
  wall += 10;
  expect(clock.now()).toBe(5 * DAY + 10);
  expect(clock.set(6 * DAY)).toBe(true);
  wall += 5;
  expect(clock.now()).toBe(6 * DAY + 5);
  expect(clock.set(6 * DAY)).toBe(false);
  expect(clock.now()).toBe(6 * DAY + 5);
});

test('it stands still while real time steps back', () => {
  let wall = 100 * HOUR;
  const clock = createClock({ at: 0, wall: () => wall });
  wall += HOUR;
  expect(clock.now()).toBe(HOUR);
  wall -= HOUR / 2;
  expect(clock.now()).toBe(HOUR);
});

test('the next process goes on from it', () => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  let wall = 0;
  createClock({ dir, wall: () => wall }).set(3 * DAY);
  wall = HOUR;
  expect(createClock({ dir, wall: () => wall }).now()).toBe(3 * DAY + HOUR);
});
