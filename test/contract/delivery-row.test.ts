import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromDeliveryRow,
  packStories,
  toDeliveryRow,
  unpackStories,
} from '../../functions/adapters/dynamo/delivery-row.ts';
import { itemSize } from '../../infra/local/item-size.ts';
import { aDelivery, aMailedStory, BASE_AT } from '../builders.ts';

/** How a ledger entry is packed, and what it weighs. */

describe('the ledger entry', () => {
  const full = (stories: number) =>
    aDelivery({
      period: { kind: 'welcome', date: '2026-12-31' },
      stories: Array.from({ length: stories }, (_, n) => aMailedStory(`${n}`, { turn: 255 })),
      state: { kind: 'sent', at: BASE_AT + 123, messageId: `0102019b8c5a7d3e-${'a'.repeat(36)}-000000` },
      edition: 999_999,
      preferences: 9_999,
      evidenceAt: BASE_AT + 456,
    });

  it('fits 1,000 bytes with forty stories', () => {
    expect(itemSize(toDeliveryRow(full(40)))).toBeLessThanOrEqual(1000);
  });

  it('grows by 10 bytes a story, and one for each word of its title', () => {
    const sizeOf = (title: string) => itemSize(toDeliveryRow(aDelivery({ stories: [aMailedStory('a', { title })] })));
    expect(itemSize(toDeliveryRow(aDelivery({ stories: [] }))) + 10).toBe(sizeOf(''));
    expect(sizeOf('\0\xff\x80') - sizeOf('')).toBe(3);
  });

  it('keeps SES’s message id in 27 bytes, and any other as it is', () => {
    const withId = (messageId: string) => aDelivery({ state: { kind: 'sent', at: BASE_AT, messageId } });
    const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
    const sesId = fc.tuple(...[16, 8, 4, 4, 4, 12, 6].map(digits)).map((groups) => groups.join('-'));
    fc.assert(
      fc.property(fc.oneof(sesId, fc.string({ minLength: 1, maxLength: 70 })), (id) => {
        expect(fromDeliveryRow(toDeliveryRow(withId(id)))).toEqual(withId(id));
      }),
    );
    const [short, long] = ['0102019b8c5a7d3e-5c1fd2a0-7b1e-4e52-9f0d-0a1b2c3d4e5f-000000', 'x'.repeat(60)];
    expect(itemSize(toDeliveryRow(withId(long))) - itemSize(toDeliveryRow(withId(short)))).toBe(33);
  });

  it('unpacks what was packed', () => {
    const hash = fc.nat(0xffffffff);
    const title = fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
    const story = fc.record({ event: hash, url: hash, turn: fc.nat(255), title });
    fc.assert(
      fc.property(fc.array(story, { maxLength: 40 }), (some) => {
        expect(unpackStories(packStories(some))).toEqual(some);
      }),
    );
  });
});
