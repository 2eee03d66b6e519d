const hours = (east: number): number => east * 60;

/** Named zones in dates: minutes east of UTC (RFC 822 section 5, and what feeds add to it). */
const NAMED: ReadonlyMap<string, number> = new Map([
  ...['UT', 'UTC', 'GMT', 'Z', 'WET', 'ETC/GMT', 'ETC/UTC'].map((name) => [name, 0] as const),
  ...['BST', 'CET', 'MET', 'MEZ', 'WEST', 'WAT'].map((name) => [name, hours(1)] as const),
  ...['CEST', 'MEST', 'MESZ', 'EET', 'SAST', 'CAT'].map((name) => [name, hours(2)] as const),
  ...['EEST', 'MSK', 'EAT', 'TRT'].map((name) => [name, hours(3)] as const),
  ['GST', hours(4)],
  ['PKT', hours(5)],
  ['IST', hours(5.5)],
  ['WIB', hours(7)],
  ['ICT', hours(7)],
  ...['HKT', 'SGT', 'PHT', 'AWST', 'MYT'].map((name) => [name, hours(8)] as const),
  ...['JST', 'KST'].map((name) => [name, hours(9)] as const),
  ['ACST', hours(9.5)],
  ['AEST', hours(10)],
  ['ACDT', hours(10.5)],
  ['AEDT', hours(11)],
  ['NZST', hours(12)],
  ['NZDT', hours(13)],
  ['BRT', hours(-3)],
  ['ART', hours(-3)],
  ['NDT', hours(-2.5)],
  ['NST', hours(-3.5)],
  ['ADT', hours(-3)],
  ['AST', hours(-4)],
  ['EDT', hours(-4)],
  ['EST', hours(-5)],
  ['ET', hours(-5)],
  ['CDT', hours(-5)],
  ['CST', hours(-6)],
  ['CT', hours(-6)],
  ['MDT', hours(-6)],
  ['MST', hours(-7)],
  ['MT', hours(-7)],
  ['PDT', hours(-7)],
  ['PST', hours(-8)],
  ['PT', hours(-8)],
  ['AKDT', hours(-8)],
  ['AKST', hours(-9)],
  ['HST', hours(-10)],
]);

const OFFSET = /^(?:UTC?|GMT)?\s*([+-])(\d{1,2}):?(\d{2})?$/;

/** RFC 822's military zones but Z: its signs were printed wrong, so RFC 5322 (4.3) has them mean UTC. */
const MILITARY = /^[A-IK-Y]$/;

/** Minutes east of UTC for `+0530`, `-01:01`, `GMT-3`, `EST`, `Etc/GMT`; nothing for a word that is no zone. */
export const zoneOffset = (written: string): number | undefined => {
  const zone = written.trim().toUpperCase();
  if (zone === '' || MILITARY.test(zone)) return 0;
  const named = NAMED.get(zone);
  if (named !== undefined) return named;
  const [, sign, hour, minute = '0'] = OFFSET.exec(zone) ?? [];
  if (sign === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hour) * 60 + Number(minute));
};
