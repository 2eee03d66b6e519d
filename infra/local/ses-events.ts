import { randomUUID } from 'node:crypto';
import type { ReceivedMail } from './mail-store.ts';

/** What became of a mail after SES took it, in the order in which SES tells it. */
export type Fate = 'delivery' | 'bounce' | 'complaint' | 'transient' | 'suppressed' | 'on-list';

/** The mailbox simulator's addresses, labels allowed (SES developer guide, "Using the mailbox simulator"). */
const SIMULATOR: Record<string, Fate> = {
  success: 'delivery',
  bounce: 'bounce',
  complaint: 'complaint',
  ooto: 'transient',
  suppressionlist: 'suppressed',
};

/** The fate of a mail by its address; undefined if it is no simulator address. */
export const simulatedFate = (address: string): Fate | undefined => {
  const [, box] = /^([a-z]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(address) ?? [];
  return box === undefined ? undefined : SIMULATOR[box.toLowerCase()];
};

type Event = Record<string, unknown> & { eventType: string };

const bounce = (mail: ReceivedMail, time: string, bounceType: string, bounceSubType: string): Event => ({
  eventType: 'Bounce',
  bounce: {
    feedbackId: `0102${randomUUID()}-000000`,
    bounceType,
    bounceSubType,
    bouncedRecipients: mail.to.map((emailAddress) => ({
      emailAddress,
      action: 'failed',
      status: bounceType === 'Permanent' ? '5.1.1' : '4.4.7',
      diagnosticCode:
        bounceType === 'Permanent' ? 'smtp; 550 5.1.1 user unknown' : 'smtp; 421 4.4.7 message delayed too long',
    })),
    timestamp: time,
    reportingMTA: 'dns; local.amazonses.com',
  },
});

const complaint = (mail: ReceivedMail, time: string): Event => ({
  eventType: 'Complaint',
  complaint: {
    feedbackId: `0102${randomUUID()}-000000`,
    complaintSubType: null,
    complainedRecipients: mail.to.map((emailAddress) => ({ emailAddress })),
    timestamp: time,
    userAgent: 'Amazon SES Mailbox Simulator',
    complaintFeedbackType: 'abuse',
    arrivalDate: time,
  },
});

const delivery = (mail: ReceivedMail, time: string): Event => ({
  eventType: 'Delivery',
  delivery: {
    timestamp: time,
    processingTimeMillis: 500,
    recipients: mail.to,
    smtpResponse: '250 2.6.0 Message received',
    reportingMTA: 'local.amazonses.com',
  },
});

const afterwards = (mail: ReceivedMail, fate: Fate, time: string): Event[] => {
  switch (fate) {
    case 'delivery':
      return [delivery(mail, time)];
    case 'bounce':
      return [bounce(mail, time, 'Permanent', 'General')];
    case 'transient':
      return [delivery(mail, time), bounce(mail, time, 'Transient', 'General')];
    case 'suppressed':
      return [bounce(mail, time, 'Permanent', 'Suppressed')];
    case 'on-list':
      return [bounce(mail, time, 'Permanent', 'OnAccountSuppressionList')];
    case 'complaint':
      return [delivery(mail, time), complaint(mail, time)];
    default:
      return fate satisfies never;
  }
};

/** EventBridge's names of SES events (detail-type). */
const DETAIL_TYPES: Record<string, string> = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
};

/**
 * The events of a mail in EventBridge envelopes: Send, then what became of it.
 * Shapes: SES developer guide, "Examples of event data that Amazon SES publishes to EventBridge".
 */
export const eventsOf = (mail: ReceivedMail, fate: Fate): Record<string, unknown>[] => {
  const time = new Date(mail.at).toISOString();
  const about = {
    timestamp: time,
    messageId: mail.messageId,
    source: mail.from,
    sourceArn: 'arn:aws:ses:eu-west-1:000000000000:identity/local',
    sendingAccountId: '000000000000',
    destination: mail.to,
    headersTruncated: false,
    headers: [],
    commonHeaders: { from: [mail.from], to: mail.to, messageId: mail.messageId },
    tags: {
      'ses:configuration-set': [mail.configurationSet ?? ''],
      ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
    },
  };
  return [{ eventType: 'Send', send: {} }, ...afterwards(mail, fate, time)].map(({ eventType, ...rest }) => ({
    version: '0',
    id: randomUUID(),
    'detail-type': DETAIL_TYPES[eventType],
    source: 'aws.ses',
    account: '000000000000',
    time,
    region: 'eu-west-1',
    resources: [`arn:aws:ses:eu-west-1:000000000000:configuration-set/${mail.configurationSet ?? ''}`],
    detail: { eventType, mail: about, ...rest },
  }));
};
