import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../model/time.ts';
import { canonicalZone } from './zone.ts';

/** Zones that most people live in who are at some offset from UTC; of those at one offset the first is taken. */
const GREAT_ZONES: readonly string[] = [
  ...['Europe/Berlin', 'Europe/Paris', 'Europe/Madrid', 'Europe/London', 'Europe/Lisbon'],
  ...['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'America/Denver', 'America/Toronto'],
  ...['America/Sao_Paulo', 'America/Mexico_City', 'America/Argentina/Buenos_Aires', 'America/Bogota'],
  ...['America/Halifax', 'America/Santiago', 'America/St_Johns', 'America/Anchorage', 'Pacific/Honolulu'],
  ...['Europe/Istanbul', 'Europe/Athens', 'Europe/Moscow', 'Asia/Dubai', 'Asia/Tehran', 'Asia/Kabul'],
  ...['Asia/Karachi', 'Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Dhaka', 'Asia/Yangon', 'Asia/Bangkok'],
  ...['Asia/Shanghai', 'Asia/Tokyo', 'Australia/Sydney', 'Australia/Adelaide', 'Australia/Perth'],
  ...['Australia/Darwin', 'Pacific/Auckland', 'Africa/Lagos', 'Africa/Johannesburg', 'Atlantic/Azores'],
];

/** Domains of countries that are taken for their sound, wherever their owner lives. */
const BORROWED: ReadonlySet<string> = new Set(['ai', 'cc', 'co', 'fm', 'io', 'ly', 'me', 'to', 'tv']);

/** `.uk` is the one domain that is not its country's code (ISO 3166). */
const regionOf = (address: string): string | undefined => {
  const top = address.slice(address.lastIndexOf('.') + 1).toLowerCase();
  if (!/^[a-z]{2}$/.test(top) || BORROWED.has(top)) return undefined;
  return top === 'uk' ? 'GB' : top.toUpperCase();
};

/** Node has it (ECMA-402, Intl Locale Info); TypeScript does not tell of it yet. */
type WithZones = Intl.Locale & { getTimeZones?: () => string[] | undefined };

const zonesOf = (region: string): string[] => {
  const locale: WithZones = new Intl.Locale('und', { region });
  return (locale.getTimeZones?.() ?? []).flatMap((zone) => canonicalZone(zone) ?? []);
};

/** Minutes east of UTC. `-0000` tells that nobody knows (RFC 5322 3.3), and `+0000` is what servers write who do not ask their owner. */
const offsetIn = (date: string | undefined): number | undefined => {
  const [, sign, hours, minutes] = /\s([+-])(\d{2})(\d{2})(?:\s*\([^()]*\))?\s*$/.exec(date ?? '') ?? [];
  const offset = Number(hours) * 60 + Number(minutes);
  if (Number.isNaN(offset) || offset === 0) return undefined;
  return sign === '-' ? -offset : offset;
};

const offsetAt = (at: Instant, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 6e10;

/**
 * Where whoever wrote a mail most likely lives, as far as its date tells the hour there and its address a country: mails name no zone.
 * @param mail.date its Date header
 * @param now when it came: offsets change with the season
 * @returns a canonical IANA zone; UTC if nothing is known
 */
export const zoneOfMail = ({ date, address }: { date: string | undefined; address: string }, now: Instant): string => {
  const region = regionOf(address);
  const offset = offsetIn(date);
  const there = region === undefined ? [] : zonesOf(region);
  if (offset === undefined) {
    const [only, other] = new Set(there.map((zone) => offsetAt(now, zone)));
    const isOne = only !== undefined && other === undefined;
    return (isOne && (GREAT_ZONES.find((zone) => there.includes(zone)) ?? there[0])) || 'UTC';
  }
  const isThen = (zone: string): boolean => offsetAt(now, zone) === offset;
  const near = there.filter(isThen);
  return GREAT_ZONES.find((zone) => near.includes(zone)) ?? near[0] ?? GREAT_ZONES.find(isThen) ?? 'UTC';
};
