import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { createStores, type Stores } from '../../functions/adapters/dynamo/stores.ts';
import { readKey } from '../../functions/adapters/ssm.ts';
import { HOUR, type Instant } from '../../functions/model/time.ts';
import { LOCAL_TABLES } from '../../infra/tables.ts';
import { BASE_AT } from '../builders.ts';
import { draw, publish } from '../digest/newsroom.ts';
import { openCourse } from './course.ts';
import { startCrew } from './crew.ts';
import { startEmulators } from './emulators.ts';
import { openQueues } from './queues.ts';
import { type Ended, isDone } from './workers.ts';

const mailLine = z.object({ to: z.array(z.string()), tags: z.record(z.string(), z.string()), id: z.string() });

/** What SES took, from its own file. */
const mailsIn = (dir: string) =>
  readFileSync(join(dir, 'mails.jsonl'), { encoding: 'utf8', flag: 'a+' })
    .split('\n')
    .filter(Boolean)
    .map((line) => mailLine.parse(JSON.parse(line)));

/** Publishes a new edition, of stories that nobody has seen. */
const newsOf = (stores: Stores) => {
  let edition = 0;
  return async (at: Instant): Promise<void> => {
    edition++;
    // no words in common: what is told again in nearly the same words is no news, and nobody is mailed it the next morning
    const titles = [1, 2, 3].map((n) => `Ferry${edition}x${n} reaches harbour${edition}x${n}`);
    await publish(
      stores,
      edition,
      titles.map((title, n) => draw({ title, sources: [`outlet-${n}`], firstSeenAt: at - HOUR })),
    );
  };
};

/** Takes everything out of a table but the newsroom's edition. */
const empty = async (tables: DynamoDBClient, table: string): Promise<void> => {
  for await (const { Items = [] } of paginateScan({ client: tables }, { TableName: table }))
    for (const { pk, sk } of Items) {
      const Key = { ...(pk && { pk }), ...(table === 'Deliveries' || table === 'Cohorts' ? sk && { sk } : {}) };
      if (table === 'Control' && pk?.S === 'EDITION') continue;
      await tables.send(new DeleteItemCommand({ TableName: table, Key }));
    }
};

/**
 * Tables, queues and SES in a process each, and workers that may die. The one who holds the rig delivers messages, moves the clock and
 * counts what SES wrote into its own file.
 */
export const openRig = async () => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-crash-'));
  const emulators = await startEmulators(dir);
  const { tables, environment, turnstile, tellSes } = emulators;
  const stores = createStores(tables, LOCAL_TABLES, readKey('PEPPER', environment.PEPPER));
  const news = newsOf(stores);
  await news(BASE_AT);
  const crew = await startCrew(dir, emulators);
  const queues = openQueues(emulators);
  const course = openCourse(queues, crew.safe, tellSes);
  const { now, setNow, onSafe, pump, settle } = course;
  let mailsBefore = 0;

  return {
    stores,
    environment,
    turnstile,
    lines: crew.lines,
    now,
    setNow,
    news,
    mode: (mode: 'normal' | 'noevents') => tellSes({ mode }),
    take: queues.take,
    send: queues.send,
    isDone,
    onSafe,
    pump,
    settle,
    /** Acceptances since the case began, from the file of the SES process. */
    mails: () => mailsIn(dir).slice(mailsBefore),
    body: (id: string): string => readFileSync(join(dir, 'mails', `${id}.eml`), 'utf8'),
    onDoomed: (fn: string, event: unknown): Promise<Ended> => crew.doomed().run(fn, event, now()),
    killDoomed: () => crew.doomed().kill(),
    /** A new case: nobody in the tables, nothing on the queues, a worker that lives, the clock at its start. */
    async begin(fresh: boolean): Promise<void> {
      if (fresh) await crew.doomed().kill();
      crew.replace();
      await course.restart();
      for (const table of ['Subscribers', 'Deliveries', 'Cohorts', 'Control']) await empty(tables, table);
      crew.lines.length = 0;
      mailsBefore = mailsIn(dir).length;
      turnstile.set(undefined);
    },
    async close(): Promise<void> {
      await crew.close();
      await emulators.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

export type Rig = Awaited<ReturnType<typeof openRig>>;
