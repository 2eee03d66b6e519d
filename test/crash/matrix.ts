import type { Case, Verdict } from './case.ts';
import type { Taken } from './queues.ts';
import type { Rig } from './rig.ts';
import { FAULTS, type Fault } from './turnstile.ts';

/** `doubled`: the event comes twice more afterwards. `overtaken`: its duplicate, and all SES events, were dealt with while the worker stood there. */
export const ORDERS = ['doubled', 'overtaken'] as const;

export type Order = (typeof ORDERS)[number];

/** One cell of the matrix. */
export interface Cell extends Verdict {
  case: string;
  step: string;
  fault: Fault;
  order: Order;
}

interface Given {
  fn: string;
  event: unknown;
  taken: Taken | undefined;
}

const give = async (rig: Rig, { act, name }: Case): Promise<Given> => {
  if ('fn' in act) return { fn: act.fn, event: act.event(rig), taken: undefined };
  const taken = await rig.take(act.queue);
  if (!taken) throw new Error(`${name}: nothing came on ${act.queue}`);
  return { fn: taken.fn, event: taken.event, taken };
};

/** What the doomed worker does undisturbed: the steps of the case. */
export const stepsOf = async (rig: Rig, of: Case): Promise<string[]> => {
  await rig.begin(true);
  await of.arrange(rig);
  const { fn, event } = await give(rig, of);
  rig.turnstile.set(undefined);
  const ended = await rig.onDoomed(fn, event);
  if (!rig.isDone(ended)) throw new Error(`${of.name}: fails without any fault`);
  return [...rig.turnstile.passed];
};

/** @returns nothing if the worker never came to the step */
const tryCell = async (
  rig: Rig,
  of: Case,
  at: Omit<Cell, keyof Verdict>,
  fresh: boolean,
): Promise<Cell | undefined> => {
  await rig.begin(fresh);
  await of.arrange(rig);
  const { fn, event, taken } = await give(rig, of);
  const meanwhile = async (): Promise<void> => {
    if (at.order !== 'overtaken') return;
    await rig.onSafe(fn, event);
    await rig.pump(['events']);
  };
  rig.turnstile.set({ step: at.step, fault: at.fault, meanwhile, kill: rig.killDoomed });
  const ended = await rig.onDoomed(fn, event);
  if (!rig.turnstile.sprung()) return undefined;
  // AWS repeats what failed, and what was asked for by the schedule; a person may or may not
  if (taken) {
    if (rig.isDone(ended)) await taken.done();
    else await taken.back();
  }
  await of.after(rig);
  return { ...at, ...(await of.judge(rig)) };
};

/** A step that a worker came to when nothing went wrong is a step to die at: a cell that cannot be tried is an error, not a pass. */
export const cellOf = async (rig: Rig, of: Case, at: Omit<Cell, keyof Verdict>): Promise<Cell> => {
  const cell = (await tryCell(rig, of, at, false)) ?? (await tryCell(rig, of, at, true));
  return cell ?? { ...at, outcome: 'NOT REACHED', kept: false };
};

/** A read has no effect: to fail after it is to fail before the next step. */
const faultsAt = (step: string): readonly Fault[] =>
  / (GetItem|BatchGetItem|Query|Scan) /.test(step) ? FAULTS.filter((fault) => fault.endsWith('before')) : FAULTS;

export const atsOf = (of: Case, steps: readonly string[]): Omit<Cell, keyof Verdict>[] =>
  steps.flatMap((step) =>
    faultsAt(step).flatMap((fault) => ORDERS.map((order) => ({ case: of.name, step, fault, order }))),
  );
