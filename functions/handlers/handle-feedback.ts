import { brakeIfNeeded } from '../digest/brake.ts';
import { sesEnvelope } from '../model/ses-event.ts';
import { batchCounts } from '../subscribers/batch-counts.ts';
import { takeFeedback } from '../subscribers/feedback.ts';
import { type FeedbackPorts, wireFeedback } from '../wiring.ts';
import { type LambdaContext, onFirstCall } from './on-first-call.ts';
import { type BatchAnswer, eachRecord } from './records.ts';

/** SES event -> evidence for a delivery; bounce or complaint -> that subscriber is suppressed; too many -> the brake. */
export const handleFeedbackHandler =
  (ports: FeedbackPorts) =>
  async (event: unknown, context: LambdaContext): Promise<BatchAnswer> => {
    const account = context.invokedFunctionArn.split(':')[4];
    const counts = batchCounts(ports.control);
    const batch = { ...ports, control: { ...ports.control, ...counts } };
    const answer = await eachRecord(event, sesEnvelope, ports.log, async (envelope) => {
      // the queue takes from our own rules only; this is the second lock
      if (envelope.account !== account) throw new Error('an SES event of another account');
      if (!envelope.detail.mail.tags['ses:configuration-set']?.includes(ports.config.CONFIGURATION_SET))
        throw new Error('an SES event of another configuration set');
      await takeFeedback(batch, envelope.detail, ports.clock.now());
    });
    await counts.write();
    await brakeIfNeeded(ports, counts.counters(), ports.clock.now());
    return answer;
  };

export const handler = onFirstCall(async () => handleFeedbackHandler(await wireFeedback()));
