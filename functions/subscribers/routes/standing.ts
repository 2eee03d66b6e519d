import { nextDue } from '../../digest/due.ts';
import { nextDigest } from '../../digest/why-not.ts';
import { cohortOf } from '../../model/cohort.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Subscriber } from '../../model/subscriber.ts';
import { localDay, localMoment } from '../local-time.ts';
import type { Frame } from '../pages/layout.ts';
import type { WebPorts } from '../ports-of-web.ts';
import { LOOKED_BACK } from '../preferences.ts';
import { fill } from '../words/words.ts';

/** When a subscriber's next digest comes, in words: local time, and after a pause if there is one. */
const nextText = ({ words }: Frame, reader: Subscriber, deliveries: readonly Delivery[], now: number): string[] => {
  const { status, preferences } = reader;
  const { zone, language } = preferences;
  switch (status.kind) {
    case 'pending':
      return [words.manage.pending];
    case 'left':
      return [status.why === 'unsubscribed' ? words.leave.already : words.leave.stopped];
    case 'active':
    case 'paused': {
      const from = status.kind === 'paused' ? Math.max(now, status.until - 1) : now;
      const paused = status.kind === 'paused' && status.until > now;
      const nextAt = nextDigest(reader, from, deliveries);
      return [
        ...(paused ? [fill(words.manage.paused, { date: localDay(status.until, zone, language) })] : []),
        fill(words.manage.next, { when: localMoment(nextAt, zone, language) }),
        // one digest a week of the calendar: who moves from Monday to Sunday waits for the Sunday after
        ...(preferences.cadence === 'weekly' && nextDue(cohortOf(preferences), from) < nextAt
          ? [words.manage.week]
          : []),
      ];
    }
    default:
      return status satisfies never;
  }
};

/** What became of the last digest: the answer to 'why did I not get it?'. */
const lastText = ({ words }: Frame, { state }: Delivery, { zone, language }: Subscriber['preferences']): string => {
  const when = localMoment(state.at, zone, language);
  const what = (): string => {
    switch (state.kind) {
      case 'sent':
        return fill(words.manage.sent, { when });
      case 'claimed':
        return fill(words.manage.unsettled, { when });
      case 'skipped':
      case 'failed':
        return fill(words.manage.skipped, { when, why: words.reasons[state.reason] });
      default:
        return state satisfies never;
    }
  };
  return fill(words.manage.last, { what: what() });
};

/** How things stand with a subscription, a line each. */
export const standing = async (ports: WebPorts, frame: Frame, subscriber: Subscriber): Promise<string[]> => {
  const deliveries = await ports.deliveries.last(subscriber.id, LOOKED_BACK);
  const lines = nextText(frame, subscriber, deliveries, ports.clock.now());
  const last = deliveries.toSorted((a, b) => b.state.at - a.state.at)[0];
  return last ? [...lines, lastText(frame, last, subscriber.preferences)] : lines;
};
