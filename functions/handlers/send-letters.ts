import { deliverOnDemand } from '../digest/on-demand.ts';
import { letterMessage } from '../model/messages.ts';
import { type LetterPorts, sendLetter } from '../subscribers/send-letter.ts';
import { type SendLettersPorts, wireLetters } from '../wiring.ts';
import { onFirstCall } from './on-first-call.ts';
import { type BatchAnswer, eachRecord } from './records.ts';

/** queue -> confirmations, links and first digests, on a lane of their own. */
export const sendLettersHandler =
  (ports: SendLettersPorts) =>
  async (event: unknown): Promise<BatchAnswer> => {
    const invocation = await ports.openInvocation();
    try {
      const letterPorts: LetterPorts = {
        ...invocation,
        digestNow: (reader, kind) => deliverOnDemand(invocation, reader, kind),
      };
      return await eachRecord(event, letterMessage, ports.log, (message) => sendLetter(letterPorts, message));
    } finally {
      invocation.close();
    }
  };

export const handler = onFirstCall(async () => sendLettersHandler(await wireLetters()));
