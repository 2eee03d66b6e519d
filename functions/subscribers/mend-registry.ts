import type { Cohort } from '../model/cohort.ts';
import { keywordKey } from '../model/keyword.ts';
import type { Instant } from '../model/time.ts';
import type { Cohorts, Follow, Log } from '../ports.ts';
import type { Recount } from './recount.ts';

interface MendPorts {
  cohorts: Cohorts;
  log: Log;
}

/** Cohorts of which the registry had lost shards, or which it had lost whole. */
export interface Lost {
  cohort: string;
  shards: number[];
}

export interface Mended {
  lost: Lost[];
  sources: number;
  keywords: number;
  /** Cohorts, or shards of them, and followed things that nobody used for long and that are gone from the registry. */
  retired: number;
}

const ascending = (numbers: Iterable<number>): number[] => [...numbers].sort((a, b) => a - b);

/** Registers what readers stand in and the registry does not know. Until now nobody planned for them: each is an alarm. */
const registerLost = async (
  { cohorts, log }: MendPorts,
  registered: ReadonlyMap<string, Cohort>,
  recount: Recount,
  now: Instant,
): Promise<Lost[]> => {
  const all: Lost[] = [];
  for (const [id, { key, shards }] of recount.cohorts) {
    const known = registered.get(id);
    const missing = ascending(shards).filter((shard) => !known?.shards.includes(shard));
    if (missing.length === 0) continue;
    await cohorts.restore(key, missing, now);
    all.push({ cohort: id, shards: missing });
    log.warn('census.repaired', { what: known ? 'shards' : 'cohort', cohort: id, shards: missing.join() });
  }
  return all;
};

/**
 * Notes the shards in which nobody was found, and takes out those that stand noted since `before`. Two steps, nights apart, because
 * a joiner registers before being saved: the scan may miss the reader, but the registering takes the note away.
 */
const retireIdle = async (
  { cohorts, log }: MendPorts,
  registered: Iterable<Cohort>,
  recount: Recount,
  { now, before }: { now: Instant; before: Instant },
): Promise<number> => {
  let retired = 0;
  for (const { id, shards, idle } of registered) {
    const used = recount.cohorts.get(id)?.shards;
    const unused = shards.filter((shard) => !used?.has(shard));
    if (unused.length > 0 || idle) await cohorts.noteIdle(id, unused, now);
    if (!idle || idle.sinceAt > before || idle.shards.join() !== unused.join()) continue;
    if (!(await cohorts.retire(id, unused, before))) continue;
    retired++;
    log.info('census.retired', { cohort: id, shards: unused.join() });
  }
  return retired;
};

/** The same for one followed source or keyword. Keywords are what people care about: no log names them. */
const retireFollow = async (
  { cohorts, log }: MendPorts,
  follow: Follow,
  { now, before }: { now: Instant; before: Instant },
): Promise<boolean> => {
  if (follow.idleSinceAt === undefined) await cohorts.noteUnfollowed(follow, now);
  const gone = (follow.idleSinceAt ?? now) <= before && (await cohorts.unfollow(follow, before));
  if (gone) log.info('census.retired', follow.kind === 'source' ? { source: follow.what } : { what: 'keyword' });
  return gone;
};

const mendFollows = async (
  ports: MendPorts,
  recount: Recount,
  times: { now: Instant; before: Instant },
): Promise<Pick<Mended, 'sources' | 'keywords' | 'retired'>> => {
  const { cohorts, log } = ports;
  const follows = await cohorts.follows();
  const wanted: Record<Follow['kind'], ReadonlySet<string>> = { source: recount.sources, keyword: recount.keywords };
  const known = new Set(follows.map(({ kind, what }) => `${kind}#${what}`));
  const missing = (kind: Follow['kind']) => [...wanted[kind]].filter((what) => !known.has(`${kind}#${what}`)).sort();
  const lost = { sources: missing('source'), keywords: missing('keyword') };
  // written again, a row loses its note
  const usedAgain = (kind: Follow['kind']) =>
    follows.flatMap((each) =>
      each.kind === kind && each.idleSinceAt !== undefined && wanted[kind].has(each.what) ? each.what : [],
    );
  const sources = [...lost.sources, ...usedAgain('source')];
  const keywords = [...lost.keywords, ...usedAgain('keyword')].map(keywordKey);
  if (sources.length + keywords.length > 0) await cohorts.follow({ sources, keywords });
  for (const source of lost.sources) log.warn('census.repaired', { what: 'source', source });
  for (const _ of lost.keywords) log.warn('census.repaired', { what: 'keyword' });
  let retired = 0;
  for (const follow of follows.filter(({ kind, what }) => !wanted[kind].has(what)))
    if (await retireFollow(ports, follow, times)) retired++;
  return { sources: lost.sources.length, keywords: lost.keywords.length, retired };
};

/**
 * Makes the registry say what a recount of all subscribers says. It is read after the scan: who joins meanwhile has registered, and is
 * at most noted as idle until the next night.
 */
export const mendRegistry = async (
  ports: MendPorts,
  recount: Recount,
  times: { now: Instant; before: Instant },
): Promise<Mended> => {
  const registered = new Map((await ports.cohorts.all()).map((each) => [each.id, each]));
  const lost = await registerLost(ports, registered, recount, times.now);
  const retired = await retireIdle(ports, registered.values(), recount, times);
  const follows = await mendFollows(ports, recount, times);
  return { lost, ...follows, retired: retired + follows.retired };
};
