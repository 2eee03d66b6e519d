import * as z from 'zod';

const recipient = z.object({ emailAddress: z.string() });

const common = {
  mail: z.object({
    messageId: z.string(),
    timestamp: z.string(),
    destination: z.array(z.string()),
    tags: z.record(z.string(), z.array(z.string())).default({}),
  }),
};

/** The SES events we act on (SES event publishing, `detail` of the EventBridge event); unknown fields are ignored. */
export const sesEvent = z.discriminatedUnion('eventType', [
  z.object({ eventType: z.literal('Send'), ...common }),
  z.object({ eventType: z.literal('Delivery'), ...common }),
  z.object({ eventType: z.literal('DeliveryDelay'), ...common }),
  z.object({ eventType: z.literal('Reject'), ...common }),
  z.object({
    eventType: z.literal('Bounce'),
    bounce: z.object({
      // a type that SES invents later is one of which nothing is known
      bounceType: z.enum(['Permanent', 'Transient', 'Undetermined']).catch('Undetermined'),
      bounceSubType: z.string().default(''),
      bouncedRecipients: z.array(recipient),
    }),
    ...common,
  }),
  z.object({
    eventType: z.literal('Complaint'),
    complaint: z.object({ complaintSubType: z.string().nullish(), complainedRecipients: z.array(recipient) }),
    ...common,
  }),
]);

export type SesEvent = z.infer<typeof sesEvent>;

/** The EventBridge envelope that the rule puts on the events queue. */
export const sesEnvelope = z.object({
  source: z.literal('aws.ses'),
  account: z.string(),
  time: z.string(),
  detail: sesEvent,
});
