import { isUnread, type Source } from '../model/source.ts';
import type { Log } from '../ports.ts';

/** A source fails again and again if it did so twice in a row: one failure is any server's right. */
const AGAIN = 2;

/** More than this share of all sources points to ourselves: no way out, or a name that servers turn away. */
const SHARE = 0.25;

/** Fewer than this are the fault of these few. */
const LEAST = 5;

/** Tells the operator if a quarter of the sources that are still fetched fail again and again. For the editor, who reads all of them anyway. */
export const tellFailing = (log: Log, sources: readonly Source[]): void => {
  // addresses that readers mistyped are nobody's outage
  const fetched = sources.filter((source) => source.endedAt === undefined && !isUnread(source));
  const failing = fetched.filter((source) => (source.failing?.times ?? 0) >= AGAIN).length;
  if (failing >= LEAST && failing > SHARE * fetched.length) {
    log.warn('sources.failing', { failing, fetched: fetched.length });
  }
};
