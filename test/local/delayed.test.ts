import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MINUTE } from '../../functions/model/time.ts';
import { createDelayed, type Delayed } from '../../infra/local/delayed.ts';

let dir = '';
let sent: string[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  sent = [];
});
afterEach(() => rmSync(dir, { recursive: true }));

const open = (): Delayed =>
  createDelayed({
    dir,
    send: async (url, body) => {
      sent.push(`${url} ${body}`);
    },
  });

test('a message waits for our clock, and then goes once, in the order of its time', async () => {
  const delayed = open();
  delayed.hold('q', 'late', 30 * MINUTE);
  delayed.hold('q', 'soon', 15 * MINUTE);
  expect(delayed.nextAt()).toBe(15 * MINUTE);
  await delayed.release(15 * MINUTE - 1);
  expect(sent).toEqual([]);
  await Promise.all([delayed.release(30 * MINUTE), delayed.release(30 * MINUTE)]);
  expect(sent).toEqual(['q soon', 'q late']);
  expect(delayed.waiting()).toBe(0);
});

test('waiting messages outlive the process, a cut last line too, and what went does not come back', async () => {
  const before = open();
  before.hold('q', 'gone', 1);
  before.hold('q', 'kept', 2);
  await before.release(1);
  appendFileSync(join(dir, 'waiting.jsonl'), '{"put":{"id":"x","url"');
  await open().release(2);
  expect(sent).toEqual(['q gone', 'q kept']);
  expect(open().waiting()).toBe(0);
});

test('a message that its queue refused is kept', async () => {
  const delayed = createDelayed({ dir, send: () => Promise.reject(new Error('down')) });
  delayed.hold('q', 'kept', 1);
  await expect(delayed.release(1)).rejects.toThrow('down');
  expect(delayed.waiting()).toBe(1);
  await open().release(1);
  expect(sent).toEqual(['q kept']);
});
