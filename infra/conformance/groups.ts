import type { GroupResult } from './case.ts';
import { runDates } from './dates.ts';
import { runEmail } from './email.ts';
import { runFeeds } from './feeds.ts';
import { runHostileDocuments } from './hostile-documents.ts';
import { runHostileServer } from './hostile-server.ts';
import { scheduleGroups } from './schedule.ts';
import { runSsrf } from './ssrf.ts';
import { runXss } from './xss.ts';

/** Runs one part of a kit and gives a result for each of its groups. */
export type GroupRunner = (kit: string) => Promise<GroupResult[]>;

/** Every part of the kit, in the order in which the table shows them. */
export const RUNNERS: Readonly<Record<string, GroupRunner>> = {
  feeds: runFeeds,
  dates: runDates,
  schedule: async (kit) => scheduleGroups(kit),
  email: runEmail,
  ssrf: runSsrf,
  xss: runXss,
  'hostile documents': runHostileDocuments,
  'hostile server': runHostileServer,
};
