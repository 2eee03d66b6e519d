import * as z from 'zod';

/**
 * Which SES events go on the events queue, as data: the stack's rules and local mode take the same ones. Every mail brings one, Send, and few
 * bring another. That a mail arrived is told only of those that ask for it (docs/decisions/0020).
 */
export const EVIDENCE: readonly string[] = ['Send', 'DeliveryDelay', 'Bounce', 'Complaint', 'Reject'];

export const EVIDENCE_IF_WATCHED: readonly string[] = ['Delivery'];

/** The tag of a mail that asks for it. */
export const WATCHED: Record<string, readonly string[]> = { watch: ['yes'] };

const envelope = z.object({
  detail: z.object({
    eventType: z.string(),
    mail: z.object({ tags: z.record(z.string(), z.array(z.string())) }),
  }),
});

/** Whether our rules would put an event, EventBridge envelope as JSON text, on the queue. */
export const isEvidence = (text: string): boolean => {
  const { eventType, mail } = envelope.parse(JSON.parse(text)).detail;
  const watched = Object.entries(WATCHED).every(([tag, values]) =>
    mail.tags[tag]?.some((value) => values.includes(value)),
  );
  return EVIDENCE.includes(eventType) || (watched && EVIDENCE_IF_WATCHED.includes(eventType));
};
