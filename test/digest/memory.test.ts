import { describe, expect, it } from 'vitest';
import { memoryOf } from '../../functions/digest/memory.ts';
import { chosenInOrder } from '../../functions/model/digest.ts';
import { idAsTold } from '../../functions/model/event.ts';
import { aMailedStory, BASE_AT } from '../builders.ts';
import { chosenTitled, drawAll, mailed, selectFrom, titlesOf } from './newsroom.ts';

describe('memory', () => {
  const story = { title: 'Ferry runs aground', sources: ['a', 'b'], lastNewsAt: BASE_AT - 1 };

  it('brings back no event, story or address', () => {
    const [first] = drawAll(story);
    const memory = mailed(first ? [first] : []);
    const again = drawAll(story, { title: 'Quiet day at sea', sources: ['z'], lastNewsAt: BASE_AT - 1 });
    expect(titlesOf(selectFrom(again, { reader: { topics: ['world'] }, memory }))).toEqual(['Quiet day at sea']);
    const underOtherId = again.map((each) => ({
      ...each,
      event: { ...each.event, id: `${each.event.id.slice(0, 12)}z` },
    }));
    expect(titlesOf(selectFrom(underOtherId, { reader: { topics: ['world'] }, memory }))).toEqual(['Quiet day at sea']);
  });

  it('brings an event back with real news: another story, under another title, as an update', () => {
    const [first] = drawAll(story);
    const memory = mailed(first ? [first] : []);
    const turned = drawAll({ ...story, turn: 1, titles: ['Ferry runs aground', 'Captain of stranded ship arrested'] });
    const chosen = chosenTitled(
      selectFrom(turned, { reader: { topics: ['world'] }, memory }),
      'Captain of stranded ship arrested',
    );
    expect(chosen.update).toBe(true);
    const sameWords = drawAll({ ...story, turn: 1, titles: ['Ferry runs aground', 'Ferry runs aground again'] });
    expect(titlesOf(selectFrom(sameWords, { reader: { topics: ['world'] }, memory }))).toEqual([]);
  });

  // fails if noveltyOf leaves out anewOf
  it('brings an event that became another one as new, and later news of that as an update', () => {
    const [first] = drawAll(story);
    const title = 'Captain of stranded ship arrested';
    const drawn = (turn: number) =>
      drawAll({ ...story, turn, titles: ['Ferry runs aground', title] }).map((each) => ({
        ...each,
        event: { ...each.event, anew: 1 },
      }));
    const chosenAfter = (had: number, turn: number) => {
      const memory = mailed(first ? [{ ...first, event: { ...first.event, turn: had } }] : []);
      return chosenInOrder(selectFrom(drawn(turn), { reader: { topics: ['world'] }, memory }));
    };
    expect(chosenAfter(0, 1).map(({ telling, update }) => [telling.title, update])).toEqual([[title, false]]);
    expect(chosenAfter(0, 2).map(({ update }) => update)).toEqual([false]);
    expect(chosenAfter(1, 2).map(({ update }) => update)).toEqual([true]);
    expect(chosenAfter(1, 1)).toEqual([]);
    // and it is told as one of its own: the same name twice without the mark would be a repeat
    const [again] = chosenAfter(0, 1);
    expect(again && idAsTold(again.event)).not.toBe(first && idAsTold(first.event));
  });

  it('counts what SES refused as not mailed, and what ended unknown as mailed', () => {
    const [first] = drawAll(story);
    const sent = mailed(first ? [first] : []);
    expect(sent.events.size).toBe(1);
    const kept = (reason: 'refused' | 'broken' | 'unknown') =>
      memoryOf([
        {
          v: 1,
          subscriber: 'a'.repeat(16),
          period: { kind: 'day', date: '2026-01-04' },
          dueAt: 0,
          edition: 1,
          preferences: 1,
          state: { kind: 'failed', at: 0, reason },
          stories: [aMailedStory()],
        },
      ]).events.size;
    expect([kept('refused'), kept('broken'), kept('unknown')]).toEqual([0, 0, 1]);
  });
});
