import type { Source, SourceId } from '../model/source.ts';
import { DAY, type Instant } from '../model/time.ts';
import type { Log, Sources } from '../ports.ts';

/** A new source may be seen before the word that somebody follows it. */
const SETTLED_AFTER = DAY;

const isWrong = (source: Source, followed: ReadonlySet<SourceId>, tick: Instant): boolean => {
  if (source.standing !== 'private' || source.failing?.why === 'gone') return false;
  if (source.endedAt !== undefined) return followed.has(source.id);
  return !followed.has(source.id) && source.addedAt < tick - SETTLED_AFTER;
};

/**
 * Ends private sources that nobody follows any more (the census forgets a follow after seven days), and begins those again that
 * somebody follows anew: or whoever changes their sources without end would have ever more addresses asked for ever.
 * Nothing is deleted: what was seen stays known. For the editor, who alone reads both sources and follows.
 */
export const fetchOnlyFollowed = async (
  ports: { sources: Pick<Sources, 'save'>; log: Log },
  sources: Iterable<Source>,
  { followed, tick }: { followed: ReadonlySet<SourceId>; tick: Instant },
): Promise<void> => {
  for (const source of sources) {
    if (!isWrong(source, followed, tick)) continue;
    const { endedAt, ...rest } = source;
    await ports.sources.save(endedAt === undefined ? { ...rest, endedAt: tick } : rest);
    ports.log.info(endedAt === undefined ? 'source-unfollowed' : 'source-followed-anew', { source: source.id });
  }
};
