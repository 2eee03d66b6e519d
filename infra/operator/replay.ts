import { mailedStory } from '../../functions/digest/memory.ts';
import type { DigestPorts } from '../../functions/digest/ports-of-digest.ts';
import { type Replayed, recompute } from '../../functions/digest/replay.ts';
import { type Delivery, deliveryId, type Period } from '../../functions/model/delivery.ts';
import { type Chosen, chosenInOrder } from '../../functions/model/digest.ts';
import { type Preferences, preferences, type SubscriberId } from '../../functions/model/subscriber.ts';
import type { Answer } from './commands.ts';

export type ReplayPorts = Pick<DigestPorts, 'news' | 'deliveries' | 'subscribers'>;

/** A digest to choose again, and the wishes to try in place of the reader's own, if any. */
export interface ReplayWish {
  subscriber: SubscriberId;
  period: Period;
  wishes: Record<string, unknown> | undefined;
}

/** A chosen event by ids alone: titles of private sources are nobody else's to see. */
interface Line {
  event: string;
  story: string;
  topic: string | null;
  because: string;
}

const lineOf = ({ event, telling, topic, reason }: Chosen): Line => ({
  event: event.id,
  story: telling.story,
  topic,
  because: reason.because.kind,
});

const textOf = ({ event, story, topic, because }: Line): string => `${event}  ${story}  ${topic ?? '-'}  ${because}`;

const linesOf = ({ selection }: Replayed): Line[] => chosenInOrder(selection).map(lineOf);

const nothing = (id: string, { edition }: Delivery): Error =>
  new Error(`${id}: its reader is gone, or nothing of edition ${edition} is kept any more (14 days)`);

const chooseAgain = async (ports: ReplayPorts, delivery: Delivery, id: string, wishes?: Preferences) => {
  const replayed = await recompute(ports, delivery, wishes);
  if (!replayed) throw nothing(id, delivery);
  return replayed;
};

/** True if these are the stories that the ledger has, in its order. */
const isAsMailed = ({ selection }: Replayed, { stories }: Delivery): boolean => {
  const chosen = chosenInOrder(selection).map(({ event, telling }) => mailedStory(event, telling).url);
  return chosen.join() === stories.map(({ url }) => url).join();
};

const again = (id: string, replayed: Replayed, delivery: Delivery): Answer => {
  const same = isAsMailed(replayed, delivery);
  const stories = linesOf(replayed);
  const verdict = same ? 'the same as mailed' : 'NOT as mailed';
  const wishes = replayed.exact ? '' : '; the reader has changed their wishes since, these are chosen by the new ones';
  return {
    ok: same || !replayed.exact,
    lines: [`${id}: ${stories.length} stories, ${verdict}${wishes}`, ...stories.map(textOf)],
    json: { delivery: id, same, exact: replayed.exact, stories },
  };
};

const difference = (id: string, own: readonly Line[], tried: readonly Line[]): Answer => {
  const kept = new Set(own.map(({ event }) => event));
  const come = tried.filter(({ event }) => !kept.has(event));
  const stays = new Set(tried.map(({ event }) => event));
  const gone = own.filter(({ event }) => !stays.has(event));
  return {
    ok: true,
    lines: [
      `${id}: ${tried.length} stories by these wishes, ${come.length} new, ${gone.length} gone`,
      ...tried.map((line) => `${kept.has(line.event) ? ' ' : '+'} ${textOf(line)}`),
      ...gone.map((line) => `- ${textOf(line)}`),
    ],
    json: { delivery: id, stories: tried, come, gone },
  };
};

const wishesOf = (own: Preferences, other: Record<string, unknown>): Preferences => {
  const known = new Set(Object.keys(preferences.shape));
  const unknown = Object.keys(other).find((name) => !known.has(name));
  if (unknown) throw new Error(`--wishes: there is no '${unknown}'; there are ${[...known].join(', ')}`);
  const read = preferences.safeParse({ ...own, ...other });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`--wishes: ${issue?.path.join('.')}: ${issue?.message}`);
};

/**
 * Chooses a past digest again from its edition, the ledger's list hidden, and compares it with the ledger; with other wishes it shows
 * what they would have changed. Mails nothing and writes nothing.
 * @throws an Error of one line if there is no such digest, its edition is gone, or the wishes are none
 */
export const replay = async (ports: ReplayPorts, { subscriber, period, wishes }: ReplayWish): Promise<Answer> => {
  const id = deliveryId(subscriber, period);
  const delivery = await ports.deliveries.byPeriod(subscriber, period);
  if (!delivery) throw new Error(`${id}: the ledger has no such digest`);
  const reader = await ports.subscribers.byId(subscriber);
  if (!reader) throw nothing(id, delivery);
  const other = wishes && wishesOf(reader.preferences, wishes);
  const own = await chooseAgain(ports, delivery, id);
  if (delivery.stories.length > 0 && chosenInOrder(own.selection).length === 0 && own.exact)
    throw nothing(id, delivery);
  if (!other) return again(id, own, delivery);
  return difference(id, linesOf(own), linesOf(await chooseAgain(ports, delivery, id, other)));
};
