import * as z from 'zod';
import { deliverChunk } from '../digest/deliver.ts';
import { countSettled } from '../digest/overdue.ts';
import { lookAgain } from '../digest/settle.ts';
import { chunkMessage, settleMessage } from '../model/messages.ts';
import { type SendPorts, wireSend } from '../wiring.ts';
import { type LambdaContext, onFirstCall } from './on-first-call.ts';
import { type BatchAnswer, eachRecord } from './records.ts';

const work = z.discriminatedUnion('kind', [chunkMessage, settleMessage]);

/** Work stops this long before the function would be killed: one SES call may take ten seconds. */
const RESERVE_MS = 15_000;

/** queue -> the digests of a chunk are settled; settle queue -> a claim that nobody settled is looked at again. */
export const sendDigestsHandler =
  (ports: SendPorts) =>
  async (event: unknown, context: LambdaContext): Promise<BatchAnswer> => {
    const invocation = await ports.openInvocation('digests', context.getRemainingTimeInMillis() - RESERVE_MS);
    try {
      return await eachRecord(event, work, ports.log, async (message) => {
        if (message.kind === 'settle') return lookAgain(invocation, message);
        const deadlineAt = ports.clock.now() + context.getRemainingTimeInMillis() - RESERVE_MS;
        const end = await deliverChunk(invocation, message, deadlineAt);
        return end === 'done' ? countSettled(ports.control, message) : undefined;
      });
    } finally {
      invocation.close();
    }
  };

export const handler = onFirstCall(async () => sendDigestsHandler(await wireSend()));
