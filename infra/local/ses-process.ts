import * as z from 'zod';
import { isEvidence } from '../evidence.ts';
import type { ReceivedMail } from './mail-store.ts';
import { startSes } from './ses-endpoint.ts';

// SES alone, for `startSesApart`: tells its parent where it listens, each mail it took and each event that our rules let through, follows the parent's clock, and ends with it.
const wishes = z.object({
  configurationSet: z.string(),
  ratePerSecond: z.number(),
  maxPer24h: z.number(),
  aheadMs: z.number(),
});
const [given = '{}'] = process.argv.slice(2);
const { aheadMs, ...options } = wishes.parse(JSON.parse(given));
const told = z.union([z.object({ aheadMs: z.number() }), z.object({ question: z.number() })]);
let ahead = aheadMs;
let mails = 0;
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  const what = told.parse(message);
  if ('aheadMs' in what) ahead = what.aheadMs;
  else process.send?.({ answerTo: what.question });
});
const ses = await startSes({
  ...options,
  clock: { now: () => Date.now() + ahead },
  // bodies stay nowhere: they are more than memory
  mails: {
    add(mail, raw) {
      const added: ReceivedMail = { id: String(++mails), ...mail };
      process.send?.({ mail, bytes: raw.length });
      return added;
    },
    all: () => [],
    raw: () => undefined,
  },
  onEvent: (event) => {
    if (isEvidence(event)) process.send?.({ event });
  },
});
process.send?.({ url: ses.url });
