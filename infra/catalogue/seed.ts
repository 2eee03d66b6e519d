import { isDeepStrictEqual } from 'node:util';
import type { CatalogueEntry, Source } from '../../functions/model/source.ts';
import type { Instant } from '../../functions/model/time.ts';
import type { Sources } from '../../functions/ports.ts';

/** What the catalogue says of a source, over what fetching it has taught so far. */
const updated = (entry: CatalogueEntry, before: Source | undefined, now: Instant): Source => {
  if (!before || (before.movedFrom ?? before.url) !== entry.url)
    return { ...entry, v: 1, standing: 'house', addedAt: before?.addedAt ?? now, intervalTicks: 1 };
  // what the catalogue no longer says is gone; where a feed has moved to is not its to say
  const { topic: _t, country: _c, ...learned } = before;
  const { endedAt, ...rest } = { ...learned, ...entry, url: before.url, standing: 'house' as const };
  const gone = endedAt !== undefined && before.failing?.why === 'gone';
  return gone ? { ...rest, endedAt } : rest;
};

/**
 * Makes the house sources those of the catalogue: new ones are added, changed ones updated, and those it no longer
 * lists are never asked again (their stories stay until they expire).
 */
export const seedSources = async (
  sources: Sources,
  entries: readonly CatalogueEntry[],
  now: Instant,
): Promise<void> => {
  const before = new Map<string, Source>();
  for await (const source of sources.all()) before.set(source.id, source);
  const wanted = new Map(entries.map((entry) => [entry.id, updated(entry, before.get(entry.id), now)]));
  for (const source of before.values()) {
    if (source.standing !== 'house' || wanted.has(source.id) || source.endedAt !== undefined) continue;
    wanted.set(source.id, { ...source, endedAt: now });
  }
  const changed = [...wanted.values()].filter((source) => !isDeepStrictEqual(source, before.get(source.id)));
  // a few at a time: one by one takes seconds for a big catalogue, all at once would queue in the client
  for (let n = 0; n < changed.length; n += 16)
    await Promise.all(changed.slice(n, n + 16).map((one) => sources.save(one)));
};
