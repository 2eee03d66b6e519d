import { describe, expect, it } from 'vitest';
import { deliverChunk } from '../../functions/digest/deliver.ts';
import { bench, chunkFor, NEVER, names, PERIOD, readersOf } from './worker.ts';

describe('a row that cannot be read', () => {
  // send.ts: enter lets the ledger's broken entry through; or takes it for entered and mails
  it('passes over a reader whose entry in the ledger cannot be read, and mails them nothing', async () => {
    const ports = await bench();
    const readers = await readersOf(ports, names(3));
    const [odd] = readers;
    const { claim } = ports.deliveries;
    ports.deliveries.claim = async (delivery) => {
      if (delivery.subscriber !== odd?.id) return claim(delivery);
      throw Object.assign(new Error('stored row cannot be read'), { name: 'BrokenRow' });
    };
    expect(await deliverChunk(ports, chunkFor(readers), NEVER)).toBe('done');
    expect(ports.mailer.mails).toHaveLength(2);
    expect(ports.mailer.mails.some(({ to }) => to === odd?.address)).toBe(false);
    expect(ports.log.lines.filter(({ event }) => event === 'send.unreadable')).toHaveLength(1);
    expect(ports.log.lines.find(({ event }) => event === 'chunk.done')?.fields).toMatchObject({ unreadable: 1 });
  });

  // send.ts: a row that all share, such as the budget, ends every digest as failed(broken), for good
  it('leaves all due while a row that they share cannot be read', async () => {
    const ports = await bench();
    const readers = await readersOf(ports, names(3));
    const { take } = ports.pace;
    ports.pace.take = async () => {
      throw Object.assign(new Error('stored row cannot be read'), { name: 'BrokenRow' });
    };
    await expect(deliverChunk(ports, chunkFor(readers), NEVER)).rejects.toThrow('could not be settled');
    for (const reader of readers) expect(await ports.deliveries.byPeriod(reader.id, PERIOD)).toBeUndefined();
    ports.pace.take = take;
    expect(await deliverChunk(ports, chunkFor(readers), NEVER)).toBe('done');
    expect(ports.mailer.mails).toHaveLength(3);
  });
});
