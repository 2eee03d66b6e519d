import type { DeliveryState } from '../../functions/model/delivery.ts';
import { deliveryId, periodId } from '../../functions/model/delivery.ts';
import { type Chosen, chosenInOrder, type Reason } from '../../functions/model/digest.ts';
import { idAsTold } from '../../functions/model/event.ts';
import type { SubscriberId } from '../../functions/model/subscriber.ts';
import { type Instant, iso } from '../../functions/model/time.ts';
import type { Overrides } from '../../functions/wiring.ts';
import type { ReceivedMail } from '../local/mail-store.ts';
import type { LocalStack } from '../local/stack.ts';
import type { Due, Person } from './people.ts';

/** A mail handed to SES, and what was chosen for it. */
export type SentDigest = Parameters<NonNullable<Overrides['observe']>>[0];

/** A digest as the report tells it (contract 3). */
export interface ReportedDigest {
  reader: string;
  period: string;
  sentAt: string;
  mail: string;
  subject: string;
  htmlBytes: number;
  textBytes: number;
  stories: {
    id: string;
    url: string;
    title: string;
    source: string;
    topic: string | null;
    event: string;
    reason: string;
    update: boolean;
  }[];
}

/** What became of everything that was due. */
export interface Outcome {
  due: number;
  sent: number;
  skipped: Record<string, number>;
  failed: Record<string, number>;
  /** Mails of one digest beyond its first. */
  resent: number;
  /** Digests of which nobody can tell whether SES took them. */
  unknown: number;
  /** Due digests that the ledger does not name, or names without an end. */
  unsettled: number;
  digests: ReportedDigest[];
}

const reasonOf = ({ because, outlets }: Reason): string => {
  const coverage = outlets > 1 ? `, ${outlets} outlets` : '';
  switch (because.kind) {
    case 'topic':
      return `topic ${because.topic}${coverage}`;
    case 'source':
      return `source ${because.source}${coverage}`;
    case 'keyword':
      return `keyword ${because.keyword}${coverage}`;
    case 'pick':
      return `pick${coverage}`;
    case 'biggest':
      return `biggest${coverage}`;
    case 'fill':
      return `fill ${because.topic ?? 'biggest'}${coverage}`;
    default:
      return because satisfies never;
  }
};

const storyOf = ({ telling, event, topic, reason, update }: Chosen): ReportedDigest['stories'][number] => ({
  id: telling.story,
  url: telling.url,
  title: telling.title,
  source: telling.source,
  topic,
  event: idAsTold(event),
  reason: reasonOf(reason),
  update,
});

const digestOf = (due: Due, sent: SentDigest, mail: ReceivedMail): ReportedDigest => ({
  reader: due.person.email,
  period: periodId(due.period),
  sentAt: iso(mail.at),
  mail: `${mail.id}.eml`,
  subject: sent.subject,
  htmlBytes: sent.htmlBytes,
  textBytes: sent.textBytes,
  stories: chosenInOrder(sent.selection).map(storyOf),
});

const countIn = (counts: Record<string, number>, reason: string): void => {
  counts[reason] = (counts[reason] ?? 0) + 1;
};

/** Mails by the delivery they are of. */
const mailsByDelivery = (mails: readonly ReceivedMail[]): Map<string, ReceivedMail[]> =>
  Map.groupBy(
    mails.filter(({ tags }) => tags.delivery !== undefined),
    ({ tags }) => tags.delivery ?? '',
  );

/**
 * Looks up in the ledger what became of each due digest, and joins the sent ones with the mail that SES took and with
 * what was chosen.
 * @throws if the ledger says sent and there is no mail: then something lies
 */
export const outcomeOf = async (
  stack: LocalStack,
  due: readonly Due[],
  ids: ReadonlyMap<Person, SubscriberId>,
  observed: ReadonlyMap<string, SentDigest>,
): Promise<Outcome> => {
  const outcome: Outcome = {
    due: due.length,
    sent: 0,
    skipped: {},
    failed: {},
    resent: 0,
    unknown: 0,
    unsettled: 0,
    digests: [],
  };
  const mails = mailsByDelivery(stack.ses.mails.all());
  const take = (one: Due, id: string, state: DeliveryState): void => {
    switch (state.kind) {
      case 'sent': {
        const [mail] = mails.get(id) ?? [];
        const sent = observed.get(id);
        if (!mail || !sent) throw new Error(`${one.person.email} ${periodId(one.period)}: sent, but there is no mail`);
        outcome.sent++;
        outcome.digests.push(digestOf(one, sent, mail));
        return;
      }
      case 'skipped':
        countIn(outcome.skipped, state.reason);
        return;
      case 'failed':
        if (state.reason === 'unknown') outcome.unknown++;
        countIn(outcome.failed, state.reason);
        return;
      case 'claimed':
        outcome.unsettled++;
        return;
      default:
        state satisfies never;
    }
  };
  for (const one of due) {
    const subscriber = ids.get(one.person);
    const delivery = subscriber && (await stack.ports.deliveries.byPeriod(subscriber, one.period));
    if (delivery) take(one, deliveryId(delivery.subscriber, one.period), delivery.state);
    else outcome.unsettled++;
  }
  for (const same of mails.values()) outcome.resent += same.length - 1;
  return outcome;
};

/** Sources that failed when last asked, ended ones among them. */
export const countFailing = async ({ ports }: LocalStack): Promise<number> => {
  let failing = 0;
  for await (const source of ports.sources.all()) if (source.failing) failing++;
  return failing;
};

/** Largest resident size of this process so far, in MiB. */
export const peakMiB = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

/** Whole seconds, to one place, since an instant of real time. */
export const secondsSince = (startedAt: Instant): number => Math.round((Date.now() - startedAt) / 100) / 10;
