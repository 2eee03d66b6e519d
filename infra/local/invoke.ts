import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { running } from './running.ts';

/** A Lambda function as the runtime sees it: JSON in, JSON out. */
export interface LocalFunction {
  name: string;
  timeoutSeconds: number;
  handler(event: unknown, context: Context): Promise<unknown>;
}

const REGION = 'eu-west-1';

const nothing = (): void => undefined;

const contextOf = (name: string, requestId: string, remaining: () => number): Context => ({
  callbackWaitsForEmptyEventLoop: false,
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:${REGION}:000000000000:function:${name}`,
  memoryLimitInMB: '512',
  awsRequestId: requestId,
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: 'local',
  getRemainingTimeInMillis: remaining,
  done: nothing,
  fail: nothing,
  succeed: nothing,
});

/**
 * Invokes a function as Lambda does: the event goes through JSON text, so no object is shared, and the answer too.
 * @returns the answer; undefined where the function returned nothing
 * @throws what the function threw, or a time-out (the code runs on, as nothing in one process can stop it, but its answer is lost)
 */
export const invoke = async (fn: LocalFunction, event: unknown): Promise<unknown> => {
  const endsAt = Date.now() + fn.timeoutSeconds * 1000;
  const context = contextOf(fn.name, randomUUID(), () => Math.max(0, endsAt - Date.now()));
  const over = new AbortController();
  const timeout = sleep(fn.timeoutSeconds * 1000, undefined, { signal: over.signal, ref: false }).then(() => {
    throw new Error(`${fn.name}: Task timed out after ${fn.timeoutSeconds} seconds`);
  });
  timeout.catch(nothing);
  try {
    const answer = await Promise.race([
      running.run(fn.name, () => fn.handler(JSON.parse(JSON.stringify(event)), context)),
      timeout,
    ]);
    const text = JSON.stringify(answer);
    return text === undefined ? undefined : JSON.parse(text);
  } finally {
    over.abort();
  }
};
