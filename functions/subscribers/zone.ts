import { zoneName } from '../digest/press/calendar.ts';

/**
 * Names that ICU still gives the old way, with the ones that the tz database uses now. Without this, readers of one zone
 * would form two cohorts, and pages would say Calcutta.
 */
export const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

const renamed = (name: string): string => RENAMED[name] ?? name;

/** Every zone the page offers: canonical names, sorted, UTC last. */
export const ZONES: readonly string[] = [...Intl.supportedValuesOf('timeZone').map(renamed).sort(), 'UTC'];

/**
 * The canonical IANA name of a zone, or nothing if there is no such zone: `asia/calcutta` is `Asia/Kolkata`, `GMT` is
 * `UTC`. Bare offsets such as `+05:30` are refused: they know no summer time.
 */
export const canonicalZone = (name: string): string | undefined => {
  if (name.length > 64 || !/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return undefined;
  try {
    return renamed(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone);
  } catch {
    return undefined;
  }
};

/** A zone as people say it: `New York`, `Buenos Aires`, `UTC`. */
export const cityOf = (zone: string): string => zoneName(zone.split('/').at(-1) ?? zone);
