import { expect, test } from 'vitest';
import { canonicalZone } from '../../functions/subscribers/zone.ts';
import { zoneOfMail } from '../../functions/subscribers/zone-of-mail.ts';

const WINTER = Date.UTC(2026, 0, 5, 7);
const SUMMER = Date.UTC(2026, 6, 6, 7);

// zone-of-mail.ts: the season is the mail's own date's, or none; the country is not asked, or asked alone
const cases: [date: string | undefined, address: string, winter: string, summer: string][] = [
  ['Mon, 5 Jan 2026 08:00:00 +0100', 'ada@mail.example', 'Europe/Berlin', 'Europe/London'],
  ['Mon, 5 Jan 2026 09:00:00 +0200 (CEST)', 'ada@mail.example', 'Europe/Athens', 'Europe/Berlin'],
  ['Mon, 5 Jan 2026 08:00:00 +0100', 'ada@correo.es', 'Europe/Madrid', 'Atlantic/Canary'],
  ['Mon, 5 Jan 2026 08:00:00 +0100', 'ada@mail.co.uk', 'Europe/Berlin', 'Europe/London'],
  ['Sun, 4 Jan 2026 23:00:00 -0800', 'ada@mail.example', 'America/Los_Angeles', 'America/Anchorage'],
  ['Mon, 5 Jan 2026 00:00:00 -0700', 'ada@mail.example', 'America/Denver', 'America/Los_Angeles'],
  ['Mon, 5 Jan 2026 02:00:00 -0500', 'ada@startup.io', 'America/New_York', 'America/Chicago'],
  ['Mon, 5 Jan 2026 12:30:00 +0530', 'ada@mail.in', 'Asia/Kolkata', 'Asia/Kolkata'],
  ['Mon, 5 Jan 2026 12:45:00 +0545', 'ada@mail.example', 'Asia/Kathmandu', 'Asia/Kathmandu'],
  ['Mon, 5 Jan 2026 18:00:00 +1100', 'ada@mail.com.au', 'Australia/Sydney', 'UTC'],
  // somebody away from home: the hour is where they are
  ['Mon, 5 Jan 2026 16:00:00 +0900', 'ada@post.de', 'Asia/Tokyo', 'Asia/Tokyo'],
  // nothing is told of the hour
  ['Mon, 5 Jan 2026 07:00:00 +0000', 'ada@post.de', 'Europe/Berlin', 'Europe/Berlin'],
  ['Mon, 5 Jan 2026 07:00:00 -0000', 'ada@mail.uk', 'Europe/London', 'Europe/London'],
  ['Mon, 5 Jan 2026 07:00:00 GMT', 'ada@poste.fr', 'Europe/Paris', 'Europe/Paris'],
  [undefined, 'ada@mail.us', 'UTC', 'UTC'],
  [undefined, 'ada@mail.example', 'UTC', 'UTC'],
  ['yesterday', 'ada@mail.zz', 'UTC', 'UTC'],
  ['Mon, 5 Jan 2026 07:00:00 +9959', 'ada@mail.example', 'UTC', 'UTC'],
];

test.each(cases)('%s from %s is %s in January, %s in July', (date, address, winter, summer) => {
  const [inWinter, inSummer] = [WINTER, SUMMER].map((now) => zoneOfMail({ date, address }, now));
  expect([inWinter, inSummer]).toEqual([winter, summer]);
  expect(canonicalZone(inWinter ?? '')).toBe(inWinter);
});
