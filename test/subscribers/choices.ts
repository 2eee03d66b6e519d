import type { Subscriber } from '../../functions/model/subscriber.ts';
import { privateSourceId } from '../../functions/subscribers/own-source.ts';
import { aSite } from './site.ts';

const OWN_URL = 'https://own.example/secret-feed';

export const OWN = privateSourceId(OWN_URL);

/** A reader with a source of their own, before the page of choices: by a link as it stands in a mail, and by a fresh one. */
export const atTheChoices = async () => {
  const site = await aSite();
  const reader = await site.given({
    address: 'ada@example.com',
    preferences: {
      zone: 'Europe/Berlin',
      topics: ['world'],
      sources: ['daily-example', OWN],
      keywords: [],
      mutes: [],
    },
  });
  await site.sources.request(OWN, OWN_URL, 1);
  site.writes.length = 0;
  const stored = async (): Promise<Subscriber> => {
    const found = await site.subscribers.byId(reader.id);
    if (!found) throw new Error('the reader is gone');
    return found;
  };
  const weak = site.pathOf(site.links.manage(reader, site.clock.now()));
  const fresh = site.pathOf(site.links.own(reader, site.clock.now()));
  return { site, reader, stored, weak, fresh };
};

export type Choices = Awaited<ReturnType<typeof atTheChoices>>;

/** The fields of the form with this action, as a browser sends them untouched, but for lists. */
export const fieldsOf = (text: string, action: string): Record<string, string> => {
  const inside = text.split(`action="${action}"`)[1]?.split('</form>')[0] ?? '';
  return Object.fromEntries(
    [...inside.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
};

/** The form of the page as a browser sends it, untouched but for these fields, and saved over whatever stands. */
export const form = (over: Record<string, string | string[]> = {}) => ({
  cadence: 'daily',
  weekday: '1',
  hour: '7',
  zone: 'Europe/Berlin',
  topics: ['world'],
  sources: ['daily-example'],
  keywords: '',
  mutes: '',
  reads: ['en'],
  country: '',
  language: 'en',
  format: 'full',
  pictures: 'lead',
  stories: '15',
  ...over,
});
