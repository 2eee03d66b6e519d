import type { Mute, Preferences, SubscriberId } from '../model/subscriber.ts';
import type { Instant } from '../model/time.ts';
import { changeSubscriber } from './change.ts';
import type { WebPorts } from './ports-of-web.ts';

/** What a reader can ask more or less of. */
export type Voted = Preferences['votes'][number]['on'];

const same = (a: Voted, b: Voted): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The weight that a reader gave a topic or source; 0 if none. */
export const weightOf = ({ votes }: Preferences, on: Voted): number =>
  votes.find((each) => same(each.on, on))?.weight ?? 0;

/** The weight after one vote more, within -2 and 2. */
export const votedOn = (weight: number, by: 1 | -1): number => Math.max(-2, Math.min(2, weight + by));

/** Gives a topic or source a weight of -2 to 2; one of 0 is forgotten. Repeatable: a page that is loaded again votes once. */
export const vote = (ports: WebPorts, id: SubscriberId, on: Voted, weight: number, now: Instant) =>
  changeSubscriber(ports, id, now, (current) => {
    const { preferences } = current;
    if (weightOf(preferences, on) === weight) return undefined;
    const others = preferences.votes.filter((each) => !same(each.on, on));
    const votes = weight === 0 ? others : [...others, { on, weight }].slice(-60);
    return { ...current, preferences: { ...preferences, votes } };
  });

const mutesOther =
  (source: string) =>
  (mute: Mute): boolean =>
    mute.kind !== 'source' || mute.source !== source;

/** Mutes a source and stops following it. */
export const muteSource = (ports: WebPorts, id: SubscriberId, source: string, now: Instant) =>
  changeSubscriber(ports, id, now, (current) => {
    const { mutes, sources } = current.preferences;
    if (!mutes.every(mutesOther(source)) && !sources.includes(source)) return undefined;
    const preferences: Preferences = {
      ...current.preferences,
      mutes: [...mutes.filter(mutesOther(source)), { kind: 'source' as const, source }].slice(-50),
      sources: sources.filter((each) => each !== source),
    };
    return { ...current, preferences };
  });

/** Takes a mute back; a source that the reader followed before is followed again. */
export const unmuteSource = (
  ports: WebPorts,
  id: SubscriberId,
  { source, followed }: { source: string; followed: boolean },
  now: Instant,
) =>
  changeSubscriber(ports, id, now, (current) => {
    const { mutes, sources } = current.preferences;
    if (mutes.every(mutesOther(source))) return undefined;
    const follow = followed && !sources.includes(source) && sources.length < 50;
    const preferences: Preferences = {
      ...current.preferences,
      mutes: mutes.filter(mutesOther(source)),
      sources: follow ? [...sources, source] : sources,
    };
    return { ...current, preferences };
  });
