import type { Log } from '../ports.ts';

/**
 * The newest release of the IANA time zone database that this repository was tried with.
 * Source: `process.versions.tz` of Node 24.21.0, read on 2026-11-23; its instants were compared with those of the conformance kit.
 */
export const NEWEST_ZONE_DATA = '2026c';

/**
 * Logs the release of the zone data, once per cold start, and warns if it is older than the newest we know: local hours may be wrong.
 * @param version `process.versions.tz`, such as `2026c`; absent in a runtime without zone data of its own
 */
export const noteZoneData = (log: Log, version: string | undefined): void => {
  log.info('zone-data', { version: version ?? 'unknown' });
  // a year and a letter: they sort as text
  if (version === undefined || version < NEWEST_ZONE_DATA) {
    log.warn('zone-data.old', { version: version ?? 'unknown', newest: NEWEST_ZONE_DATA });
  }
};
