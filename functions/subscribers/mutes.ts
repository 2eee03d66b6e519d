import type { SourceId } from '../model/source.ts';
import { type Mute, mute, type Preferences } from '../model/subscriber.ts';
import type { Topic } from '../model/topic.ts';
import type { Fault } from './wishes.ts';

/** A mute as a form has it: `topic:sport` and `source:id` mute those; anything else is words. */
export const muteText = (mute: Mute): string => {
  switch (mute.kind) {
    case 'words':
      return mute.words;
    case 'topic':
      return `topic:${mute.topic}`;
    case 'source':
      return `source:${mute.source}`;
    default:
      return mute satisfies never;
  }
};

const readMute = (value: string): unknown => {
  const [, kind, name] = /^(topic|source):(\S+)$/.exec(value) ?? [];
  if (kind === 'topic') return { kind, topic: name };
  return kind === 'source' ? { kind, source: name } : { kind: 'words', words: value };
};

/** The mutes of a form, each parsed; what fails becomes a fault. */
export const readMutes = (typed: readonly string[], faults: Fault[]): Mute[] => {
  if (typed.length > 50) faults.push({ field: 'mutes', key: 'mutes', value: String(typed.length) });
  return typed.flatMap((value) => {
    const read = mute.safeParse(readMute(value));
    if (!read.success) faults.push({ field: 'mutes', key: 'mutes', value });
    return read.success ? [read.data] : [];
  });
};

interface Followed {
  topics: readonly Topic[];
  sources: readonly SourceId[];
}

const isFollowedAnew = (mute: Mute, before: Followed, now: Followed): boolean => {
  switch (mute.kind) {
    case 'words':
      return false;
    case 'topic':
      return now.topics.includes(mute.topic) && !before.topics.includes(mute.topic);
    case 'source':
      return now.sources.includes(mute.source) && !before.sources.includes(mute.source);
    default:
      return mute satisfies never;
  }
};

/** Without the mutes of before whose source or topic is followed anew: who follows something wants to see it. */
export const withoutFollowed = (mutes: readonly Mute[], before: Preferences, now: Followed): Mute[] => {
  const old = new Set(before.mutes.map(muteText));
  return mutes.filter((mute) => !old.has(muteText(mute)) || !isFollowedAnew(mute, before, now));
};
