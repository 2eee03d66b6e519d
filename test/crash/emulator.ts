import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { CONFIGURATION_SET } from '../../infra/local/environment.ts';
import { createMailStore } from '../../infra/local/mail-store.ts';
import { LOCAL_CREDENTIALS, startQueues } from '../../infra/local/queues.ts';
import { startSes } from '../../infra/local/ses-endpoint.ts';
import { QUEUE_NAMES } from '../../infra/queues.ts';

// Queues, or SES, alone in a process: tells its parent where it listens, and ends with it.
const [role, dir = '', events = ''] = process.argv.slice(2);
process.on('disconnect', () => process.exit(0));

if (role === 'queues') {
  const queues = await startQueues();
  process.send?.({
    endpoint: queues.endpoint,
    urls: Object.fromEntries(QUEUE_NAMES.map((name) => [name, queues.url(name)])),
  });
} else {
  const told = z.object({ now: z.number().optional(), mode: z.enum(['normal', 'noevents']).optional() });
  let now = 0;
  const { origin } = new URL(events);
  const sqs = new SQSClient({ endpoint: origin, region: 'eu-west-1', credentials: LOCAL_CREDENTIALS });
  const ses = await startSes({
    clock: { now: () => now },
    configurationSet: CONFIGURATION_SET,
    mails: createMailStore(dir),
    onEvent: (MessageBody) => void sqs.send(new SendMessageCommand({ QueueUrl: events, MessageBody })),
  });
  process.on('message', (message) => {
    const wish = told.parse(message);
    now = wish.now ?? now;
    if (wish.mode) ses.setMode(wish.mode);
  });
  process.send?.({ endpoint: ses.url });
}
