import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSession } from '../../infra/local/session.ts';

const AT = '2026-01-05T05:50:00.000Z';

/** A catalogue with a clock, and one feed. */
const openCatalogue = async () => {
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const path = (request.url ?? '').replace(/\?.*/, '');
    const feed = { id: 'one', feedUrl: `http://127.0.0.1:${port}/one.xml`, title: 'One', language: 'en' };
    response.end(
      path === '/feeds.json' ? JSON.stringify([feed]) : path === '/_clock' ? JSON.stringify({ now: AT }) : '',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${port}/feeds.json`, close };
};

// session.ts: a tick waits for the catalogue's clock, and nothing else is done when that does not answer
test('the clock goes on, and with it all that is due, when the catalogue goes away', async () => {
  const catalogue = await openCatalogue();
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const errors: unknown[] = [];
  const wishes = { port: 0, dir, news: catalogue.url, samples: false, at: undefined, reset: false };
  const session = await startSession(wishes, (error) => errors.push(error));
  onTestFinished(() => session.stop());
  await session.begun;
  errors.length = 0;
  catalogue.close();
  const jump = await fetch(`${session.origin}/_clock?at=2026-01-05T06:20:00`, { method: 'POST' });
  expect(jump.status).toBe(200);
  expect(await jump.json()).toEqual({ now: expect.stringMatching(/^2026-01-05T06:20:/) });
  expect(String(errors[0])).toContain('fetch failed');
});
