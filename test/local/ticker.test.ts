import { expect, test } from 'vitest';
import { iso, MINUTE, TICK } from '../../functions/model/time.ts';
import { createClock } from '../../infra/local/clock.ts';
import { createTicker } from '../../infra/local/ticker.ts';

const START = Date.UTC(2026, 0, 5, 6, 50);

const build = (during: () => Promise<void> = async () => undefined) => {
  let wall = 0;
  const clock = createClock({ at: START, wall: () => wall });
  const lines: string[] = [];
  const ticker = createTicker({
    clock,
    tick: async (at, passing) => {
      lines.push(`${iso(at).slice(11, 16)}${passing ? ' passing' : ''}`);
      await during();
    },
    settle: async () => {
      lines.push('settle');
    },
    onError: (error) => lines.push(String(error)),
    everyMs: 1,
  });
  const pass = (ms: number): void => {
    wall += ms;
  };
  return { clock, ticker, lines, pass };
};

test('a jump runs every quarter on the way, once, and ends where it should', async () => {
  const { clock, ticker, lines } = build();
  expect(await ticker.advance(START + 35 * MINUTE)).toBe(true);
  expect(lines).toEqual(['07:00 passing', '07:15', 'settle']);
  expect(clock.now()).toBe(START + 35 * MINUTE);
  await ticker.advance(START + 36 * MINUTE);
  await ticker.advance(START + 40 * MINUTE);
  expect(lines.slice(3)).toEqual(['settle', '07:30', 'settle']);
  expect(await ticker.advance(START)).toBe(false);
});

test('two jumps at once run one after the other', async () => {
  const { ticker, lines } = build();
  await Promise.all([ticker.advance(START + TICK), ticker.advance(START + 2 * TICK)]);
  expect(lines).toEqual(['07:00', 'settle', '07:15', 'settle']);
});

test('a tick that takes longer than a quarter of an hour costs none of the next', async () => {
  const { ticker, lines, pass } = build(async () => pass(20 * MINUTE));
  await ticker.advance(START + 40 * MINUTE);
  expect(lines).toEqual(['07:00 passing', '07:15 passing', '07:30', 'settle']);
});

test('the clock passing a quarter by itself runs it, and what fails does not stop the next', async () => {
  let fails = true;
  const { ticker, lines, pass } = build(() => (fails ? Promise.reject(new Error('once')) : Promise.resolve()));
  ticker.start();
  pass(10 * MINUTE);
  await expect.poll(() => lines).toContain('Error: once');
  fails = false;
  pass(TICK);
  await expect.poll(() => lines).toContain('07:15');
  await ticker.stop();
});

test('who stops it in the middle of a jump waits for the tick under way; no more are begun, and the clock stays there', async () => {
  let stopping: Promise<void> | undefined;
  const { clock, ticker, lines } = build(async () => {
    stopping ??= ticker.stop().then(() => void lines.push('stopped'));
    await Promise.resolve();
    lines.push('done');
  });
  const jump = ticker.advance(START + 40 * MINUTE);
  const next = ticker.advance(START + 80 * MINUTE);
  expect(await jump).toBe(false);
  expect(await next).toBe(false);
  await ticker.now();
  await stopping;
  expect(lines).toEqual(['07:00 passing', 'done', 'stopped']);
  expect(iso(clock.now())).toBe('2026-01-05T07:00:00Z');
});
