import { resumePlanning } from '../../functions/digest/planner-mark.ts';
import { newReconciliation, type ReconcilePorts, type ReconcileReport } from '../../functions/digest/reconcile.ts';
import type { Brake } from '../../functions/model/brake.ts';
import { type Instant, iso } from '../../functions/model/time.ts';
import type { Clock, Cohorts, Control } from '../../functions/ports.ts';
import { type CensusPorts, type CensusReport, takeCensus } from '../../functions/subscribers/census.ts';
import type { QueueName } from '../queues.ts';
import type { DeadLetters } from './dead-letters.ts';
import { listPicks, type PickPorts, type PickWish, pickStory } from './pick.ts';
import { type ReplayPorts, type ReplayWish, replay } from './replay.ts';
import { type UnsuppressPorts, type UnsuppressWish, unsuppress } from './unsuppress.ts';

/** All that the operator's commands need. */
export type OperatorPorts = CensusPorts &
  ReconcilePorts &
  ReplayPorts &
  PickPorts &
  UnsuppressPorts & {
    cohorts: Cohorts;
    control: Pick<Control, 'brake' | 'setBrake'>;
    clock: Clock;
    deadLetters: DeadLetters;
  };

/** What the operator asks for. */
export type Command =
  | { name: 'census' }
  | { name: 'reconcile'; from: Instant; to: Instant }
  | { name: 'resume'; from: Instant }
  | ({ name: 'replay' } & ReplayWish)
  | ({ name: 'pick' } & PickWish)
  | { name: 'picks' }
  | ({ name: 'unsuppress' } & UnsuppressWish)
  | { name: 'brake' }
  | { name: 'brake pull' }
  | { name: 'brake release' }
  | { name: 'dead-letters list'; queue: QueueName }
  | { name: 'dead-letters redrive'; queue: QueueName };

/** An answer for people and one for programs; `ok` is false where something is left for the operator to do. */
export interface Answer {
  ok: boolean;
  lines: string[];
  json: object;
}

const countsOf = (reasons: Record<string, number>): string =>
  Object.entries(reasons)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ') || 'none';

const censusLines = (report: CensusReport): string[] => [
  `${report.subscribers} subscribers`,
  `registered anew: ${report.lost.length} cohorts, ${report.sources} sources, ${report.keywords} keywords`,
  `mended: ${report.addresses} addresses; let go: ${report.orphans} addresses of nobody`,
  `gone: ${report.retired} that nobody used, ${report.vanished} readers: sign-ups that nobody confirmed, and who left long ago`,
  ...report.lost.map(({ cohort, shards }) => `lost: ${cohort}, shards ${shards.join(' ')}`),
];

const reconcileLines = (report: ReconcileReport): string[] => [
  `${report.due} due: ${report.sent} sent, skipped (${countsOf(report.skipped)}), failed (${countsOf(report.failed)})`,
  `${report.missing.length} missing: ${report.queued} queued, ${report.tooLate} too late, ${report.held} held back`,
  ...report.missing.map((delivery) => `missing ${delivery}`),
  ...report.unsettled.map((delivery) => `unsettled ${delivery}`),
  ...report.stray.map((delivery) => `stray ${delivery}`),
];

const reconcile = async (ports: OperatorPorts, from: Instant, to: Instant): Promise<Answer> => {
  const reconciliation = newReconciliation(ports, { from, to });
  for await (const page of ports.subscribers.scan()) await reconciliation.take(page);
  const report = await reconciliation.finish(ports.clock.now());
  const ok = report.missing.length + report.stray.length + report.unsettled.length === 0;
  return { ok, lines: reconcileLines(report), json: report };
};

const resume = async (ports: OperatorPorts, from: Instant): Promise<Answer> => {
  if (from > ports.clock.now())
    throw new Error(`--from ${iso(from)} lies in the future: nothing would be planned until then`);
  const { cohorts } = await resumePlanning(ports, from);
  const lines = [`${cohorts} cohorts are planned again from ${iso(from)} on; what was due before is not mailed`];
  return { ok: true, lines, json: { cohorts, from: iso(from) } };
};

const list = async ({ deadLetters }: OperatorPorts, queue: QueueName): Promise<Answer> => {
  const letters = (await deadLetters.list(queue)).map(({ sentAt, ...rest }) => ({ ...rest, sentAt: iso(sentAt) }));
  const lines = letters.map(({ id, sentAt, body }) => `${sentAt} ${id} ${JSON.stringify(body)}`);
  return { ok: true, lines: [`${letters.length} dead letters of ${queue}`, ...lines], json: { queue, letters } };
};

const redrive = async ({ deadLetters }: OperatorPorts, queue: QueueName): Promise<Answer> => {
  const moved = await deadLetters.redrive(queue);
  return { ok: true, lines: [`${moved} messages are on ${queue} again`], json: { queue, moved } };
};

const brakeLine = (brake: Brake | undefined): string => {
  if (!brake) return 'the brake was never pulled: digests go out';
  if (brake.kind === 'off') return `the brake was released at ${iso(brake.at)}: digests go out`;
  const { why, events, mails, at } = brake;
  const what = why === 'operator' ? 'by you' : `by ${events} ${why} of ${mails} mails`;
  return `the brake was pulled at ${iso(at)} ${what}: digests wait for 20 hours and are then skipped, letters go out`;
};

const brakeNow = async ({ control }: OperatorPorts): Promise<Answer> => {
  const brake = await control.brake();
  return { ok: brake?.kind !== 'on', lines: [brakeLine(brake)], json: { brake: brake ?? null } };
};

const setBrake = async (ports: OperatorPorts, kind: 'on' | 'off'): Promise<Answer> => {
  const at = ports.clock.now();
  const before = await ports.control.brake();
  // an automatic brake keeps its figures, and a release its instant
  if ((before?.kind ?? 'off') !== kind)
    await ports.control.setBrake(
      kind === 'off' ? { v: 1, kind, at } : { v: 1, kind, at, why: 'operator', events: 0, mails: 0 },
    );
  return { ...(await brakeNow(ports)), ok: true };
};

/** Does what the operator asks for. @throws an Error of one line that says what is wrong */
export const obey = async (ports: OperatorPorts, command: Command): Promise<Answer> => {
  switch (command.name) {
    case 'census': {
      const report = await takeCensus(ports, ports.clock.now());
      return { ok: true, lines: censusLines(report), json: report };
    }
    case 'reconcile':
      return reconcile(ports, command.from, command.to);
    case 'resume':
      return resume(ports, command.from);
    case 'replay':
      return replay(ports, command);
    case 'pick':
      return pickStory(ports, command);
    case 'picks':
      return listPicks(ports);
    case 'unsuppress':
      return unsuppress(ports, command);
    case 'brake':
      return brakeNow(ports);
    case 'brake pull':
      return setBrake(ports, 'on');
    case 'brake release':
      return setBrake(ports, 'off');
    case 'dead-letters list':
      return list(ports, command.queue);
    case 'dead-letters redrive':
      return redrive(ports, command.queue);
    default:
      return command satisfies never;
  }
};
