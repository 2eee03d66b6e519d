/** One fault put into the code by hand, and the check that must find it. */
export interface Mutant {
  name: string;
  file: string;
  /** Stands in the file exactly once. */
  find: string;
  put: string;
  /**
   * `model`: the histories; `contract`: the suite that holds tables and twins equal; `sending`: the tests of planning and sending, for what
   * the next night makes good, only late: histories have no sense of time.
   */
  check: 'model' | 'contract' | 'sending';
}

const SEND = 'functions/digest/send.ts';
const SETTLE = 'functions/digest/settle.ts';
const HAND_OVER = 'functions/digest/hand-over.ts';
const ROAD = 'functions/digest/evidence-road.ts';
const MEMORY = 'functions/digest/memory.ts';
const LEDGER = 'functions/adapters/dynamo/deliveries.ts';

const foundBy =
  (check: Mutant['check']) =>
  (name: string, file: string, find: string, put: string): Mutant => ({ name, file, find, put, check });

const [model, contract, sending] = [foundBy('model'), foundBy('contract'), foundBy('sending')];

/** What could be written wrongly about sending once, a line each. */
export const MUTANTS: readonly Mutant[] = [
  model(
    'a refused claim is mailed all the same',
    SEND,
    'const met = await enter(ports, claim);',
    'await enter(ports, claim); const met = undefined;',
  ),
  model(
    'settled before it is sent',
    HAND_OVER,
    'const outcome = await call(ports, prepared);',
    "await settleSent(ports, claim, attempt, ''); const outcome = await call(ports, prepared);",
  ),
  model(
    'sent before it is claimed',
    SEND,
    'const met = await enter(ports, claim);',
    'await handOver(ports, prepared, claim, 1); const met = await enter(ports, claim);',
  ),
  model('the lease ignored: decided at the first look', SETTLE, 'if (next) {', 'if (false) {'),
  model(
    'the lease too short: thirty minutes by clocks that differ',
    SETTLE,
    '2 * LOOK_AFTER + 9 * MINUTE',
    '2 * LOOK_AFTER - 4 * MINUTE',
  ),
  model(
    'a second attempt without a claim of its own',
    SETTLE,
    'if (!(await ports.deliveries.reclaim(claim))) {',
    'if (!(await ports.deliveries.reclaim(claim)) && false) {',
  ),
  model(
    'evidence thrown away',
    'functions/subscribers/feedback.ts',
    'await ports.deliveries.evidence(delivery.subscriber, delivery.period, now, event.mail.messageId);',
    '',
  ),
  model('silence always trusted', ROAD, 'return evidenced >= ALIVE * accepted;', 'return true;'),
  model('what SES took is not counted', 'functions/digest/deliver.ts', "['accepted', evidenceWindow],", ''),
  model(
    'memory written at render',
    'functions/digest/prepare.ts',
    'return { due, reader, selection, mail };',
    "await ports.deliveries.claim(ledgerEntry(reader, due, { kind: 'failed', at: dueAt, reason: 'unknown' }, selection)); return { due, reader, selection, mail };",
  ),
  model('a refused digest is remembered', MEMORY, "return state.reason === 'unknown';", 'return true;'),
  model('a mailed digest is forgotten', MEMORY, "case 'sent':", "case 'sent': return false;"),
  model('a digest of which nobody knows is forgotten', MEMORY, "return state.reason === 'unknown';", 'return false;'),
  model(
    'a refused second attempt ends as refused',
    HAND_OVER,
    "attempt === 1 ? 'refused' : 'unknown'",
    "'refused' as 'refused' | 'unknown'",
  ),
  sending(
    'an unknown answer taken for a yes',
    HAND_OVER,
    "case 'unknown':",
    "case 'unknown': return { kind: 'sent', at: 0 };",
  ),
  sending('an unknown answer put on no queue', SEND, 'await queueLook(ports, delivery);', ''),
  sending('a throttled claim kept', SEND, 'await ports.deliveries.release(claim.subscriber, claim.period);', ''),
  model(
    'the alarm after the row',
    SETTLE,
    "log.error('settle.unknown', { delivery: deliveryId(claim.subscriber, claim.period), why });",
    '',
  ),
  sending(
    'planned before it is queued',
    'functions/digest/plan.ts',
    'const chunks = chunksInOrder(due',
    'for (const { cohort } of due) await cohorts.planned(cohort.id, tick); const chunks = chunksInOrder(due',
  ),
  sending(
    'leaving read once, with the page',
    SEND,
    'const fresh = await ports.subscribers.byId(reader.id);',
    'const fresh = reader;',
  ),
  contract(
    'the claim is no condition',
    LEDGER,
    'toDeliveryRow(delivery.parse(entry)), ABSENT)',
    'toDeliveryRow(delivery.parse(entry)))',
  ),
  contract('a settled row is settled again', LEDGER, 'become(state), claimedAs(attempt))', 'become(state))'),
  contract(
    'the attempt is no condition of settling',
    LEDGER,
    'become(state), claimedAs(attempt))',
    'become(state), CLAIMED)',
  ),
  contract(
    'the attempt ignored: a third',
    LEDGER,
    'reclaim: (entry) => table.put(toDeliveryRow(delivery.parse(entry)), FIRST_CLAIM_UNPROVEN)',
    'reclaim: (entry) => table.put(toDeliveryRow(delivery.parse(entry)), both(CLAIMED, UNPROVEN))',
  ),
  contract(
    'a claim taken back whoever holds it',
    LEDGER,
    'table.remove(KEYS.delivery(subscriber, period), FIRST_CLAIM_UNPROVEN)',
    'table.remove(KEYS.delivery(subscriber, period))',
  ),
];
