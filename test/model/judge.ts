import { type Delivery, deliveryId } from '../../functions/model/delivery.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { MINUTE } from '../../functions/model/time.ts';
import type { History } from './history.ts';
import type { Accepted } from './ses.ts';
import { NEWS, type World } from './world.ts';

const DAYS = ['2026-01-05', '2026-01-06'] as const;
const EVIDENCE_COUNTS = 30 * MINUTE;

/** The promise of one digest ('Sending once' of design.md), as faults in words; none if it is kept. */
const faultsOf = (world: World, entry: Delivery | undefined, id: string): string[] => {
  const { record, log } = world;
  const mails = record.mails.filter(({ delivery }) => delivery === id);
  if (!entry) return [`${id}: due, and no row says what became of it`];
  const { state } = entry;
  const found: string[] = [];
  const say = (wrong: boolean, what: string): void => {
    if (wrong) found.push(`${id}: ${what} (${JSON.stringify(state)}, taken ${mails.length} times)`);
  };
  say(mails.length > 2, 'taken more than twice');
  const takenAt = mails[0]?.at ?? 0;
  const heard =
    (record.evidence.get(mails[0]?.messageId ?? '') ?? Number.POSITIVE_INFINITY) <= takenAt + EVIDENCE_COUNTS;
  say(mails.length > 1 && heard, 'taken twice though an event arrived within 30 minutes');
  const again = record.again.filter(({ delivery }) => delivery === id);
  say(again.length > 1, 'claimed a third time');
  say(mails.length > 1 && again.length === 0, 'taken twice without a second claim');
  say(
    again.some(({ roadWasAlive }) => !roadWasAlive),
    'claimed again while the events of others were missing',
  );
  const told = log.lines.some(({ event, fields }) => event === 'settle.second-attempt' && fields.delivery === id);
  say(mails.length > 1 && !told, 'taken twice and not counted');
  switch (state.kind) {
    case 'claimed':
      say(true, 'never settled');
      break;
    case 'sent':
      say(mails.length === 0, 'sent by the ledger, but never taken');
      break;
    case 'skipped':
      say(mails.length > 0, 'skipped by the ledger, but taken');
      break;
    case 'failed':
      say(mails.length > 0 && state.reason !== 'unknown', 'failed by the ledger, but taken');
      say(
        state.reason === 'unknown' &&
          !log.lines.some((line) => line.event === 'settle.unknown' && line.fields.delivery === id),
        'failed(unknown) without an alarm',
      );
      break;
    default:
      state satisfies never;
  }
  return found;
};

const titlesOf = (mails: readonly Accepted[]): Set<string> => new Set(mails.flatMap(({ titles }) => titles));

/** A story is remembered once its mail may have gone, and not before: never mailed on two days, never lost with a mail that did not go. */
const memoryFaults = ({ record }: World, { id }: Subscriber, [first, second]: (Delivery | undefined)[]): string[] => {
  const mailsOf = (day: string) => record.mails.filter(({ delivery }) => delivery === `${id}_${day}_day`);
  const before = titlesOf(mailsOf(DAYS[0]));
  const after = titlesOf(mailsOf(DAYS[1]));
  const twice = [...before].filter((title) => after.has(title));
  const nobodyKnows = first?.state.kind === 'failed' && first.state.reason === 'unknown';
  const wanted = before.size > 0 || nobodyKnows ? [] : NEWS.first;
  const lost = second?.state.kind === 'sent' && after.size > 0 ? wanted.filter((title) => !after.has(title)) : [];
  return [
    ...twice.map((title) => `${id}: '${title}' came on both days`),
    ...lost.map((title) => `${id}: '${title}' never came, though its mail of the first day did not go`),
  ];
};

/** Nothing was out of order but the order itself: then every digest must be sent. */
const isQuiet = (of: History, { workers }: World): boolean =>
  of.faults.length + of.answers.length + workers.deaths() === 0 && of.leaves === null;

/** Who left gets nothing that a worker began on later, or that it began on before and knew. */
const leaverFaults = ({ record, leaver }: World): string[] => {
  if (!leaver) return [];
  const leftAt = record.left.get(leaver.id) ?? Number.POSITIVE_INFINITY;
  return record.mails
    .filter(({ delivery, run }) => delivery.startsWith(leaver.id) && (run.startedAt > leftAt || record.knew.has(run)))
    .map(({ delivery }) => `${delivery}: mailed after its reader left`);
};

/** Everything in a life that breaks a promise. */
export const judge = async (of: History, world: World): Promise<string[]> => {
  const { readers, stores, leaver } = world;
  const found: string[] = [];
  for (const reader of readers) {
    const entries = await Promise.all(DAYS.map((date) => stores.deliveries.byPeriod(reader.id, { kind: 'day', date })));
    for (const [at, date] of DAYS.entries()) {
      // a reader who left before the plan was never due
      if (reader === leaver && !entries[at]) continue;
      found.push(...faultsOf(world, entries[at], deliveryId(reader.id, { kind: 'day', date })));
      if (isQuiet(of, world) && entries[at]?.state.kind !== 'sent')
        found.push(`${reader.id}: nothing happened, and no mail came`);
    }
    found.push(...memoryFaults(world, reader, entries));
  }
  return [...found, ...leaverFaults(world)];
};
