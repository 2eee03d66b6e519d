import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Instant } from '../../functions/model/time.ts';
import { type Session, startSession } from '../../infra/local/session.ts';

/** Local mode over the sample feeds for all tests of a file or block, begun at an instant. What it complains of fails them. */
export const sampleSession = (at: Instant): Pick<Session, 'origin'> => {
  let dir: string;
  let session: Session;
  const errors: unknown[] = [];
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'broadsheet-samples-'));
    const wishes = { dir, port: 0, news: undefined, samples: true, at, reset: false };
    session = await startSession(wishes, (error) => errors.push(error));
    await session.begun;
  });
  afterAll(async () => {
    await session.stop();
    rmSync(dir, { recursive: true });
    expect(errors).toEqual([]);
  });
  return {
    get origin() {
      return session.origin;
    },
  };
};
