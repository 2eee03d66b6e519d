import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { chosenInOrder } from '../../functions/model/digest.ts';
import { idAsTold } from '../../functions/model/event.ts';
import type { SentDigest } from '../day/report.ts';

/** One story that a reader was mailed twice without being marked as an update. */
export interface Repeat {
  subscriber: string;
  delivery: string;
  what: 'story' | 'url' | 'event';
  id: string;
}

/** A log of all that was mailed, in a file: kept in memory it would look like a leak of the product's. */
export const openMailed = (path: string) => {
  const file = openSync(path, 'w');
  return {
    note({ delivery, subscriber, selection }: SentDigest): void {
      const stories = chosenInOrder(selection).map(({ event, telling, update }) => [
        telling.story,
        telling.url,
        idAsTold(event),
        update,
      ]);
      writeSync(file, `${JSON.stringify([subscriber.id, delivery, stories])}\n`);
    },
    close: () => closeSync(file),
  };
};

/** Reads the log back and finds what came twice to one reader. The same event may come again only as an update. */
export const findRepeats = (path: string): Repeat[] => {
  const seen = new Set<string>();
  const deliveries = new Set<string>();
  const repeats: Repeat[] = [];
  for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
    const [subscriber, delivery, stories]: [string, string, [string, string, string, boolean][]] = JSON.parse(line);
    // a second attempt after an unknown one tells the same digest again; whether it was mailed twice is what the mails say
    if (deliveries.has(delivery)) continue;
    deliveries.add(delivery);
    for (const [story, url, event, update] of stories) {
      const names = [['story', story], ['url', url], ...(update ? [] : [['event', event] as const])] as const;
      for (const [what, id] of names) {
        if (seen.has(`${subscriber} ${what} ${id}`)) repeats.push({ subscriber, delivery, what, id });
      }
      for (const [what, id] of [
        ['story', story],
        ['url', url],
        ['event', event],
      ])
        seen.add(`${subscriber} ${what} ${id}`);
    }
  }
  return repeats;
};
