import { cohortOf } from '../model/cohort.ts';
import type { LetterMessage } from '../model/messages.ts';
import type { Source } from '../model/source.ts';
import { getsMailAt, type Subscriber } from '../model/subscriber.ts';
import { DAY, type Instant } from '../model/time.ts';
import { errorName } from './broken.ts';
import { dueInstants } from './due.ts';
import type { DigestPorts, Due } from './ports-of-digest.ts';
import { namedSources } from './wishes.ts';

/** A followed source that failed for so long is named in every digest: its reader would else miss it in silence. */
export const NAMED_AFTER = 3 * DAY;

/** After so long it will hardly come back by itself: the reader gets one letter about it. */
const WRITTEN_AFTER = 7 * DAY;

/** The longest span between two digests, a weekly one that a zone's change made longer. */
const LONGEST = 10 * DAY;

/** Since when a source brings nothing: it fails, or the catalogue has it no more. Nothing for one that works. */
export const silentSince = ({ failing, endedAt }: Source): Instant | undefined => failing?.sinceAt ?? endedAt;

/** Whether a source has been silent for a span at an instant. */
export const silentFor = (source: Source, span: number, at: Instant): boolean =>
  at - (silentSince(source) ?? at) > span;

/** Sources whose silence passed the span since the reader's digest before this one: so each is written about once, and nothing need be kept. */
const newlyStopped = (reader: Subscriber, sources: Iterable<Source>, dueAt: Instant): Source[] => {
  const long = [...sources].filter((source) => silentFor(source, WRITTEN_AFTER, dueAt));
  if (long.length === 0) return [];
  const before = dueInstants(cohortOf(reader.preferences), dueAt - LONGEST, dueAt).at(-1) ?? dueAt - LONGEST;
  return long.filter((source) => !silentFor(source, WRITTEN_AFTER, before));
};

/**
 * Queues a letter for each followed source that stopped for good as far as anybody can tell, also where there is no digest because of
 * it. To be called once for a due digest, when the ledger has it. Never throws: the digests name the source as well.
 */
export const writeOfStopped = async (
  ports: DigestPorts,
  reader: Subscriber,
  { edition, dueAt }: Due,
): Promise<void> => {
  const named = namedSources(reader.preferences);
  if (named.length === 0 || !getsMailAt(reader, dueAt)) return;
  try {
    const sources = await ports.news.sources(edition, named);
    const letters = newlyStopped(reader, sources.values(), dueAt).map(
      ({ id }): LetterMessage => ({
        v: 1,
        kind: 'source-stopped',
        subscriber: reader.id,
        source: id,
        askedAt: ports.clock.now(),
      }),
    );
    if (letters.length > 0) await ports.letters.send(letters);
  } catch (error) {
    ports.log.warn('stopped.unwritten', { subscriber: reader.id, error: errorName(error) });
  }
};
