import { deliverOnDemand } from '../digest/on-demand.ts';
import { NotNow } from '../digest/pace.ts';
import { type LetterMessage, letterMessage } from '../model/messages.ts';
import { type LetterPorts, sendLetter } from '../subscribers/send-letter.ts';
import { type SendLettersPorts, wireLetters } from '../wiring.ts';
import { type LambdaContext, onFirstCall } from './on-first-call.ts';
import { type BatchAnswer, eachRecord } from './records.ts';

/** No letter is begun later than this before the function would be killed: its place may take 8 seconds to come, SES 10 to answer. */
const RESERVE_MS = 22_000;

/** queue -> confirmations, links and first digests, on a lane of their own. What SES has no room for goes back to the queue. */
export const sendLettersHandler =
  (ports: SendLettersPorts) =>
  async (event: unknown, context: LambdaContext): Promise<BatchAnswer> => {
    const invocation = await ports.openInvocation('letters');
    const letterPorts: LetterPorts = {
      ...invocation,
      digestNow: (reader, asked) => deliverOnDemand(invocation, reader, asked),
    };
    const work = async (message: LetterMessage): Promise<void> => {
      try {
        if (context.getRemainingTimeInMillis() < RESERVE_MS) throw new NotNow('no time left', 0);
        await sendLetter(letterPorts, message);
      } catch (error) {
        if (!(error instanceof NotNow)) throw error;
        // as a message of its own: a letter that must wait has not failed, and five receipts are soon gone
        await ports.letters.send([message], error.waitMs);
        const { message: why, waitMs } = error;
        ports.log.info('letter.waits', { subscriber: message.subscriber, letter: message.kind, why, waitMs });
      }
    };
    try {
      return await eachRecord(event, letterMessage, ports.log, work);
    } finally {
      invocation.close();
    }
  };

export const handler = onFirstCall(async () => sendLettersHandler(await wireLetters()));
