import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod';
import { type LocalDynamo, localDynamoClient } from './dynamo.ts';
import { threadTime } from './thread-time.ts';

const told = z.object({ endpoint: z.url() });

/**
 * The tables in a process of their own: what they hold and the work they do is then not counted as the product's.
 * @param dir where data is kept; absent: in memory
 * @throws if they do not start
 */
export const startDynamoApart = async (dir: string | undefined): Promise<LocalDynamo> => {
  const child = fork(new URL('dynamo-process.ts', import.meta.url), dir === undefined ? [] : [dir], {
    // memory of the tables is not what is looked at, so it may be large
    execArgv: ['--max-old-space-size=8000'],
  });
  const gone = once(child, 'exit').then(() => {
    throw new Error('the tables ended before they answered');
  });
  gone.catch(() => undefined);
  const [message] = await Promise.race([once(child, 'message'), gone]);
  const { endpoint } = told.parse(message);
  const client = localDynamoClient(endpoint);
  return {
    endpoint,
    client,
    async threadTime() {
      const answer = once(child, 'message');
      child.send('time');
      return threadTime.parse((await answer)[0]);
    },
    async close() {
      client.destroy();
      const ended = once(child, 'exit');
      if (child.connected) child.disconnect();
      await ended;
    },
  };
};
