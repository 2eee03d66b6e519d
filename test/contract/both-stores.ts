import { createStores, type Stores } from '../../functions/adapters/dynamo/stores.ts';
import { createTables, type LocalDynamo, startDynamo } from '../../infra/local/dynamo.ts';
import { LOCAL_TABLES } from '../../infra/tables.ts';
import { anId } from '../builders.ts';
import { memoryStores } from '../fakes.ts';

/** What the suites over stores run on: the in-memory twins, and the adapters on dynalite. What holds for one holds for the other. */

interface Opened {
  stores: Stores;
  close(): Promise<void>;
}

const PEPPER = new Uint8Array(32).fill(7);

const inMemory = async (): Promise<Opened> => ({ stores: memoryStores(), close: async () => undefined });

const onDynalite = async (): Promise<Opened> => {
  const dynamo: LocalDynamo = await startDynamo();
  await createTables(dynamo.client, LOCAL_TABLES);
  return { stores: createStores(dynamo.client, LOCAL_TABLES, PEPPER), close: dynamo.close };
};

/** What each is called, and how it is opened, empty. */
export const BOTH = [
  ['memory', inMemory],
  ['dynalite', onDynalite],
] as const;

/** As many writers as race for one row. */
export const twenty = Array.from({ length: 20 }, (_, n) => n);
export const trues = (answers: readonly boolean[]): number => answers.filter(Boolean).length;

let fresh = 0;
/** An id that no other case uses: the cases of a suite share the stores. */
export const newId = (): string => anId(`contract ${fresh++}`);
