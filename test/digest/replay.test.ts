import { describe, expect, it } from 'vitest';
import { deliverChunk } from '../../functions/digest/deliver.ts';
import { recompute } from '../../functions/digest/replay.ts';
import { DAY } from '../../functions/model/time.ts';
import { BASE_AT } from '../builders.ts';
import { draw, publish, titlesOf } from './newsroom.ts';
import { bench, chunkFor, NEVER, NEWS, PERIOD, readersOf } from './worker.ts';

const twoDays = async () => {
  const ports = await bench();
  const readers = await readersOf(ports, ['reader@example.com']);
  await deliverChunk(ports, chunkFor(readers), NEVER);
  ports.clock.set(BASE_AT + DAY);
  const at = BASE_AT + DAY - 1;
  const later = [
    ...NEWS,
    { title: 'Lighthouse lit again', firstSeenAt: at },
    { title: 'Ferry timetable redrawn', firstSeenAt: at },
  ];
  await publish(
    ports,
    2,
    later.map((each, place) => draw(each, place)),
  );
  const second = { kind: 'day' as const, date: '2026-01-06' };
  await deliverChunk(ports, chunkFor(readers, { dueAt: BASE_AT + DAY, edition: 2, period: second }), NEVER);
  const [reader] = readers;
  const ledger = reader ? await ports.deliveries.last(reader.id, 2) : [];
  return { ports, reader, ledger, selections: ports.seen.map(({ selection }) => selection) };
};

describe('recompute', () => {
  it('chooses each past digest as it was mailed, from its own edition, its own list hidden', async () => {
    const { ports, ledger, selections } = await twoDays();
    const replayed = await Promise.all(ledger.map((delivery) => recompute(ports, delivery)));
    expect(replayed).toEqual(selections.toReversed().map((selection) => ({ selection, exact: true })));
    expect(selections.map(titlesOf).map((titles) => titles.length)).toEqual([5, 2]);
  });

  it('says when the reader’s wishes have changed since, and tries others for a dry run', async () => {
    const { ports, reader, ledger } = await twoDays();
    const [latest] = ledger;
    if (!reader || !latest) throw new Error('nothing mailed');
    const muted = { ...reader.preferences, mutes: [{ kind: 'words' as const, words: 'ferry' }] };
    const dry = await recompute(ports, latest, muted);
    expect(dry && titlesOf(dry.selection)).toEqual(['Lighthouse lit again']);
    await ports.subscribers.save({ ...reader, version: 2 });
    expect(await recompute(ports, latest)).toMatchObject({ exact: false });
  });

  it('has nothing for a reader who is gone', async () => {
    const ports = await bench();
    const readers = await readersOf(ports, ['reader@example.com']);
    await deliverChunk(ports, chunkFor(readers), NEVER);
    const id = readers[0]?.id ?? '';
    const delivery = await ports.deliveries.byPeriod(id, PERIOD);
    await ports.subscribers.delete(id);
    expect(delivery && (await recompute(ports, delivery))).toBeUndefined();
  });
});
