import type { Candidate } from './candidate.ts';
import { createMerge, type MergeInput } from './merge.ts';
import { type Taste, tellingsFor } from './taste.ts';
import { voteFactor } from './wishes.ts';

/** What a merge gives: a candidate, which input it came from, and its value under the reader's votes. */
export interface Ranked {
  candidate: Candidate;
  from: number;
  value: number;
}

/**
 * How much the votes on sources lower a candidate: told by a source with the reader's best vote it keeps its value, by others it loses
 * the difference. So every factor is at most 1 and a merge in falling order stays possible.
 */
const factorFor = (taste: Taste): ((candidate: Candidate) => number) => {
  const best = Math.max(0, ...taste.votes.values());
  return (candidate) => {
    const [shown] = tellingsFor(taste, candidate);
    return voteFactor((shown ? (taste.votes.get(shown.telling.source) ?? 0) : 0) - best);
  };
};

const isBefore = (a: Ranked, b: Ranked): boolean => {
  if (a.value !== b.value) {
    return a.value > b.value;
  }
  return a.candidate.event.id === b.candidate.event.id ? a.from < b.from : a.candidate.event.id < b.candidate.event.id;
};

/** All candidates of some shelves in falling order of value, votes on sources counted in. */
export function* votedMerge(
  taste: Taste,
  inputs: readonly MergeInput[],
  candidates: readonly Candidate[],
): Generator<Ranked> {
  const merge = createMerge(inputs);
  const lowered = taste.votes.size > 0 ? factorFor(taste) : () => 1;
  const waiting: Ranked[] = [];
  const first = (): Ranked | undefined =>
    waiting.reduce<Ranked | undefined>((a, b) => (a && isBefore(a, b) ? a : b), undefined);
  while (merge.next()) {
    const candidate = candidates[merge.place];
    if (!candidate) {
      continue;
    }
    const factor = lowered(candidate);
    if (factor === 1 && waiting.length === 0) {
      yield { candidate, from: merge.from, value: merge.value };
      continue;
    }
    waiting.push({ candidate, from: merge.from, value: merge.value * factor });
    // Nothing that is still to come can have more than what just came.
    for (let next = first(); next && next.value >= merge.value; next = first()) {
      waiting.splice(waiting.indexOf(next), 1);
      yield next;
    }
  }
  yield* waiting.sort((a, b) => (isBefore(a, b) ? -1 : 1));
}
