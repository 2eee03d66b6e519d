import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Sha256 } from '../../functions/adapters/sha256.ts';

/** Node's own, slower way is the judge. Fails if: a key longer than a block is cut · parts are joined in another order · text is no UTF-8. */

const bytes = fc.uint8Array({ maxLength: 200 });

it('hashes what node:crypto hashes, with a key and without, in parts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.option(bytes, { nil: undefined }), fc.array(bytes, { maxLength: 4 }), async (key, parts) => {
      const ours = new Sha256(key);
      const theirs = key === undefined ? createHash('sha256') : createHmac('sha256', key);
      for (const part of parts) {
        ours.update(part);
        theirs.update(part);
      }
      expect(Buffer.from(await ours.digest())).toEqual(theirs.digest());
    }),
  );
});

it('takes text as UTF-8, buffers and parts of buffers', async () => {
  const inside = new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 4);
  for (const data of ['Grüße, 世界', inside, new Uint8Array([7, 8]).buffer]) {
    const ours = new Sha256('a key');
    ours.update(data);
    const same = typeof data === 'string' ? data : Buffer.from(new Uint8Array(data));
    expect(Buffer.from(await ours.digest())).toEqual(createHmac('sha256', 'a key').update(same).digest());
  }
});

it('begins anew after a reset', async () => {
  const ours = new Sha256();
  ours.update('old');
  ours.reset();
  ours.update('new');
  expect(Buffer.from(await ours.digest())).toEqual(createHash('sha256').update('new').digest());
});
