import { DAY, type Instant } from '../model/time.ts';
import type { Log } from '../ports.ts';

/**
 * The newest release of the IANA time zone database that this repository was tried with.
 * Source: `process.versions.tz` of Node 24.21.0, read on 2026-11-23; its instants were compared with those of the conformance kit.
 */
export const NEWEST_ZONE_DATA = '2026c';

/** Logs the release of the zone data, for a cold start. */
export const noteZoneData = (log: Log, version: string | undefined): void =>
  log.info('zone-data', { version: version ?? 'unknown' });

/**
 * Warns if the zone data are older than the newest we know: local hours may be wrong. Once a day, at the tick of midnight UTC: it is AWS that
 * renews them, in its own time, and whoever is told at every cold start hears nothing else.
 * @param version `process.versions.tz`, such as `2026c`; absent in a runtime without zone data of its own
 */
export const tellOldZoneData = (log: Log, version: string | undefined, tick: Instant): void => {
  // a year and a letter: they sort as text
  const isOld = version === undefined || version < NEWEST_ZONE_DATA;
  if (isOld && tick % DAY === 0) log.warn('zone-data.old', { version: version ?? 'unknown', newest: NEWEST_ZONE_DATA });
};
