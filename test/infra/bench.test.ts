import { expect, test } from 'vitest';
import { measuredApart } from '../../infra/bench/apart.ts';
import { comparePeers } from '../../infra/bench/press.ts';

// fails if a link or a headline of our mails is not in a peer's, or the other way round: then npm run bench compares unlike mails
test('the bench compares mails that say and link the same', async () => {
  await expect(comparePeers(5)).resolves.toBeUndefined();
});

// fails if a process that measures nothing passes for one that measured
test('the bench says which group it could not measure, and which there are', () => {
  expect(() => measuredApart('spelling')).toThrow(
    /measuring spelling failed: .*no group 'spelling'; there are .*selecting/s,
  );
});
