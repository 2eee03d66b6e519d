import { expect, it } from 'vitest';
import { chosenInOrder } from '../../functions/model/digest.ts';
import { drawAll, selectFrom } from './newsroom.ts';

// because.ts: topicFor goes by the event's own topics alone: the first stands under Sport and counts for nothing, the second is there for
// Lifestyle, which nobody follows
it('what is not read any more as what it was when it came on the shelf of a topic is there for that topic', () => {
  const drawn = drawAll(
    { title: 'Boxer leaves hospital', topics: [], stands: ['sport'] },
    { title: 'Runner marries coach', topics: ['lifestyle'], stands: ['sport'] },
  );
  const chosen = chosenInOrder(selectFrom(drawn, { reader: { topics: ['sport', 'science'], cadence: 'weekly' } }));
  expect(chosen.map(({ topic, reason }) => [topic, reason.because])).toEqual([
    ['sport', { kind: 'topic', topic: 'sport' }],
    ['sport', { kind: 'topic', topic: 'sport' }],
  ]);
});
