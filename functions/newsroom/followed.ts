import type { Source, SourceId } from '../model/source.ts';
import { DAY, type Instant } from '../model/time.ts';
import type { Log, Sources } from '../ports.ts';

interface FollowedPorts {
  sources: Pick<Sources, 'save' | 'saveKnown'>;
  log: Log;
}

/** A new source may be seen before the word that somebody follows it. */
const SETTLED_AFTER = DAY;

const isWrong = (source: Source, followed: ReadonlySet<SourceId>, tick: Instant): boolean => {
  if (source.standing !== 'private' || source.failing?.why === 'gone') return false;
  if (source.endedAt !== undefined) return followed.has(source.id);
  return !followed.has(source.id) && source.addedAt < tick - SETTLED_AFTER;
};

/** As if it were new: its latest stories are news to whoever follows it now, what came while nobody did is its archive. */
const beginAgain = async ({ sources }: Pick<FollowedPorts, 'sources'>, source: Source): Promise<void> => {
  const { endedAt: _a, etag: _e, lastModified: _l, ...rest } = source;
  await sources.saveKnown(source.id, new Uint8Array());
  await sources.save({ ...rest, intervalTicks: 1 });
};

/**
 * Ends private sources that nobody follows any more (the census forgets a follow after seven days), and begins those again that
 * somebody follows anew: or whoever changes their sources without end would have ever more addresses asked for ever.
 * Nothing is deleted: what was seen stays known. For the editor, who alone reads both sources and follows.
 */
export const fetchOnlyFollowed = async (
  ports: FollowedPorts,
  sources: Iterable<Source>,
  { followed, tick }: { followed: ReadonlySet<SourceId>; tick: Instant },
): Promise<void> => {
  for (const source of sources) {
    if (!isWrong(source, followed, tick)) continue;
    await (source.endedAt === undefined ? ports.sources.save({ ...source, endedAt: tick }) : beginAgain(ports, source));
    ports.log.info(source.endedAt === undefined ? 'source-unfollowed' : 'source-followed-anew', { source: source.id });
  }
};
