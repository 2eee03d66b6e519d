import * as z from 'zod';
import { readJson } from '../model/json.ts';
import type { Log } from '../ports.ts';

const sqsEvent = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** Which messages failed, in the form that SQS event sources take with ReportBatchItemFailures. */
export interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}

const parse = <T>(schema: z.ZodType<T>, body: string): T => schema.parse(readJson(body));

/**
 * Works through a batch one message at a time. A message that is malformed, or whose work throws, fails alone: it is
 * received again and ends in the dead-letter queue, the others are done.
 */
export const eachRecord = async <T>(
  event: unknown,
  schema: z.ZodType<T>,
  log: Log,
  work: (message: T) => Promise<unknown>,
): Promise<BatchAnswer> => {
  const batchItemFailures: BatchAnswer['batchItemFailures'] = [];
  for (const { messageId, body } of sqsEvent.parse(event).Records) {
    try {
      await work(parse(schema, body));
    } catch (error) {
      // a zod message names paths and expectations, never the values, so it may be logged
      log.error('message.failed', {
        messageId,
        error: error instanceof Error ? error.name : 'unknown',
        why: error instanceof Error ? error.message.slice(0, 300) : '',
      });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
};
