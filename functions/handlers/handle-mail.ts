import { arrival, keysOf } from '../model/incoming-mail.ts';
import type { Clock } from '../ports.ts';
import { createMailTaker, type MailPorts } from '../subscribers/take-mail.ts';
import { wireMail } from '../wiring.ts';
import { onFirstCall } from './on-first-call.ts';
import { type BatchAnswer, eachRecord } from './records.ts';

/** a mail came into the bucket -> its author is signed up, or a reader leaves by the token in its address, or nothing; it is deleted. */
export const handleMailHandler = (ports: MailPorts & { clock: Clock }): ((event: unknown) => Promise<BatchAnswer>) => {
  const take = createMailTaker(ports);
  return (event) =>
    eachRecord(event, arrival, ports.log, async (notice) => {
      for (const key of keysOf(notice)) await take(key, ports.clock.now());
    });
};

export const handler = onFirstCall(async () => handleMailHandler(await wireMail()));
