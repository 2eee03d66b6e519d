import { afterAll, beforeAll } from 'vitest';
import { createTables, type LocalDynamo, startDynamo } from '../../infra/local/dynamo.ts';
import { LOCAL_TABLES } from '../../infra/tables.ts';

/** Runs DynamoDB's emulator with our tables through the cases of a file; gives the way to it. */
export const runDynalite = (): (() => LocalDynamo) => {
  let running: LocalDynamo | undefined;
  beforeAll(async () => {
    running = await startDynamo();
    await createTables(running.client, LOCAL_TABLES);
  });
  afterAll(() => running?.close());
  return () => {
    if (!running) throw new Error('the emulator runs in cases only');
    return running;
  };
};
