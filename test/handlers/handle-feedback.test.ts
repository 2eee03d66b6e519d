import { expect, test } from 'vitest';
import { handleFeedbackHandler } from '../../functions/handlers/handle-feedback.ts';
import { deliveryId } from '../../functions/model/delivery.ts';
import { evidenceWindow } from '../../functions/model/evidence.ts';
import type { FeedbackPorts } from '../../functions/wiring.ts';
import { aDelivery, aSubscriber, BASE_AT } from '../builders.ts';
import { memoryPorts } from '../fakes.ts';

const PERIOD = { kind: 'day', date: '2026-01-05' } as const;
const CONTEXT = {
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:handle-feedback',
  getRemainingTimeInMillis: () => 60_000,
};

test('a batch of events is counted by one write a window', async () => {
  const memory = memoryPorts();
  const writes: [string, number, number][] = [];
  const control = {
    ...memory.control,
    count: async (counter: string, windowAt: number, by: number) => {
      writes.push([counter, windowAt, by]);
      await memory.control.count(counter, windowAt, by);
    },
  };
  const records: { messageId: string; body: string }[] = [];
  for (let number = 0; number < 10; number++) {
    const { id } = aSubscriber({ address: `reader-${number}@example.com` });
    await memory.deliveries.claim(aDelivery({ subscriber: id, period: PERIOD }));
    const at = number < 7 ? BASE_AT : BASE_AT + 600_000;
    const mail = {
      messageId: `m${number}`,
      timestamp: new Date(at).toISOString(),
      destination: ['a@b.example'],
      tags: { delivery: [deliveryId(id, PERIOD)] },
    };
    const detail = { eventType: 'Send', send: {}, mail };
    const envelope = { source: 'aws.ses', account: '000000000000', time: '2026-01-05T06:00:00Z', detail };
    records.push({ messageId: String(number), body: JSON.stringify(envelope) });
  }
  const ports = { ...memory, control } as unknown as FeedbackPorts;
  memory.clock.set(BASE_AT + 700_000);
  expect(await handleFeedbackHandler(ports)({ Records: records }, CONTEXT)).toEqual({ batchItemFailures: [] });
  expect(writes).toEqual([
    ['evidenced', evidenceWindow(BASE_AT), 7],
    ['evidenced', evidenceWindow(BASE_AT + 600_000), 3],
  ]);
});
