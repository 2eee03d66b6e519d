import { expect, test } from 'vitest';
import { isEvidence } from '../../infra/evidence.ts';

const envelope = (eventType: string, tags: Record<string, string[]> = {}): string =>
  JSON.stringify({ source: 'aws.ses', detail: { eventType, mail: { tags } } });

test.each([
  ['Send', {}, true],
  ['Bounce', {}, true],
  ['Complaint', {}, true],
  ['Reject', {}, true],
  ['DeliveryDelay', {}, true],
  ['Delivery', {}, false],
  ['Delivery', { watch: ['yes'] }, true],
  ['Delivery', { watch: ['no'] }, false],
  ['Open', { watch: ['yes'] }, false],
])('an event %s of a mail tagged %j is put on the queue: %j', (eventType, tags, wanted) => {
  expect(isEvidence(envelope(eventType, tags))).toBe(wanted);
});
