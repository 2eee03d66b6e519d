import { describe, expect, it } from 'vitest';
import { canonicalZone, cityOf, ZONES } from '../../functions/subscribers/zone.ts';

describe('canonicalZone', () => {
  it.each([
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['Europe/Stockholm', 'Europe/Stockholm'],
    ['US/Eastern', 'America/New_York'],
    ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['GMT', 'UTC'],
    ['Etc/UTC', 'UTC'],
  ])('%s is %s', (name, zone) => {
    expect(canonicalZone(name)).toBe(zone);
  });

  it.each(['', 'Mars/Base', '+05:30', '../../etc/passwd', 'Europe/Berlin\0', '<b>', 'Z'.repeat(65), 'Europe/Berlin '])(
    'refuses %j',
    (name) => {
      expect(canonicalZone(name)).toBeUndefined();
    },
  );

  it('offers canonical names only, each once', () => {
    expect(ZONES.filter((zone) => canonicalZone(zone) !== zone)).toEqual([]);
    expect(new Set(ZONES).size).toBe(ZONES.length);
    expect(ZONES.length).toBeGreaterThan(400);
  });

  it('says a zone by its city', () => {
    expect(cityOf('America/New_York')).toBe('New York');
  });
});
