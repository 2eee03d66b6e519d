import { describe, expect, it, vi } from 'vitest';
import { deliverChunk, deliverOne } from '../../functions/digest/deliver.ts';
import { NotNow } from '../../functions/digest/pace.ts';
import { reputationWindow } from '../../functions/model/brake.ts';
import type { Joining } from '../../functions/model/digest.ts';
import { evidenceWindow } from '../../functions/model/evidence.ts';
import type { SendOutcome } from '../../functions/model/mail.ts';
import type { Preferences } from '../../functions/model/subscriber.ts';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { aSource, BASE_AT } from '../builders.ts';
import { draw, publish } from './newsroom.ts';
import {
  acceptances,
  bench,
  chunkFor,
  meanwhile,
  NEVER,
  names,
  oneReader,
  PERIOD,
  readersOf,
  stateOf,
} from './worker.ts';

describe('deliverChunk', () => {
  it('mails each reader once and enters what was mailed', async () => {
    const ports = await bench();
    const readers = await readersOf(ports, names(20));
    expect(await deliverChunk(ports, chunkFor(readers), NEVER)).toBe('done');
    expect(ports.mailer.mails).toHaveLength(20);
    expect([...acceptances(ports).values()]).toEqual(Array(20).fill(1));
    const [reader] = readers;
    const entry = reader && (await ports.deliveries.byPeriod(reader.id, PERIOD));
    expect(entry).toMatchObject({ state: { kind: 'sent', at: BASE_AT }, edition: 1, preferences: 1, dueAt: BASE_AT });
    expect(entry?.stories).toHaveLength(5);
    expect(ports.mailer.mails[0]?.tags).toEqual({ delivery: expect.stringMatching(/^[a-z0-9]{16}_2026-01-05_day$/) });
    expect(ports.seen).toHaveLength(20);
    expect(await ports.control.counted('accepted', evidenceWindow(BASE_AT))).toBe(20);
    expect(await ports.control.counted('mailed', reputationWindow(BASE_AT))).toBe(20);
  });

  it('mails nothing again for a chunk that comes again, nor for two workers on one chunk', async () => {
    const ports = await bench();
    const readers = await readersOf(ports, names(12));
    const chunk = chunkFor(readers);
    await Promise.all([deliverChunk(ports, chunk, NEVER), deliverChunk(ports, chunk, NEVER)]);
    await deliverChunk(ports, chunk, NEVER);
    expect(ports.mailer.calls).toBe(12);
  });

  it('mails readers of many small shards side by side', async () => {
    const ports = await bench();
    const readers = await readersOf(ports, names(20));
    let together = 0;
    let most = 0;
    const take = ports.pace.take;
    ports.pace.take = async () => {
      together += 1;
      most = Math.max(most, together);
      await new Promise((done) => setImmediate(done));
      together -= 1;
      return take();
    };
    const chunk = chunkFor(readers);
    expect(chunk.shards.length).toBeGreaterThan(10);
    await deliverChunk(ports, chunk, NEVER);
    expect(most).toBe(20);
    expect([...acceptances(ports).values()]).toEqual(Array(20).fill(1));
  });

  it('asks SES to tell of the delivery where the last mail bounced softly', async () => {
    const ports = await bench();
    const readers = await readersOf(ports, names(2));
    const [soft] = readers;
    if (!soft) throw new Error('no reader');
    await ports.subscribers.save({ ...soft, version: 2, softBounces: { times: 1, sinceAt: BASE_AT } });
    await deliverChunk(ports, chunkFor(readers), NEVER);
    const watched = ports.mailer.mails.filter(({ tags }) => tags.watch === 'yes').map(({ to }) => to);
    expect(watched).toEqual([soft.address]);
  });

  it('reads what the reader wants after it got a place, which may take seconds', async () => {
    const { ports, reader, chunk } = await oneReader();
    ports.pace.take = async () => {
      await ports.subscribers.save({
        ...reader,
        version: 2,
        status: { kind: 'left', at: BASE_AT, why: 'unsubscribed' },
      });
      return { kind: 'go' };
    };
    await deliverChunk(ports, chunk, NEVER);
    expect(ports.mailer.calls).toBe(0);
    expect(await stateOf(ports, reader)).toMatchObject({ kind: 'skipped', reason: 'left' });
  });

  it('settles a mail that SES refuses for good as failed, and brings its stories the next day, once', async () => {
    const { ports, reader, chunk } = await oneReader();
    ports.mailer.outcomes = [{ kind: 'refused', error: 'rejected', message: 'no such address' }];
    expect(await deliverChunk(ports, chunk, NEVER)).toBe('done');
    expect(await stateOf(ports, reader)).toEqual({ kind: 'failed', at: BASE_AT, reason: 'refused' });
    ports.clock.set(BASE_AT + DAY);
    const next = { ...chunk, dueAt: BASE_AT + DAY, period: { kind: 'day' as const, date: '2026-01-06' } };
    await deliverChunk(ports, next, NEVER);
    expect(ports.seen.map(({ selection }) => selection.lead?.telling.title)).toEqual(['Ceasefire holds overnight']);
  });

  it('lets one broken reader cost one reader', async () => {
    const ports = await bench();
    const readers = await readersOf(ports, names(10));
    const [, , , poisoned] = readers;
    const { digest } = ports.press;
    ports.press = {
      digest: (view, envelope) => {
        if (view.reader.address === poisoned?.address) throw new TypeError(`cannot print for ${view.reader.address}`);
        return digest(view, envelope);
      },
    };
    expect(await deliverChunk(ports, chunkFor(readers), NEVER)).toBe('done');
    expect(ports.mailer.mails).toHaveLength(9);
    expect(poisoned && (await stateOf(ports, poisoned))).toMatchObject({ kind: 'failed', reason: 'broken' });
    expect(ports.log.lines.filter(({ event }) => event === 'send.broken')).toHaveLength(1);
    expect(JSON.stringify(ports.log.lines)).not.toContain('example.com');
  });

  it('serves all others when a store fails for one, then asks for the message again', async () => {
    const ports = await bench();
    const readers = await readersOf(ports, names(10));
    const { last } = ports.deliveries;
    let failing = true;
    ports.deliveries.last = (id, count) =>
      failing && id === readers[4]?.id ? Promise.reject(new Error('throughput')) : last(id, count);
    await expect(deliverChunk(ports, chunkFor(readers), NEVER)).rejects.toThrow('1 digests could not be settled');
    expect(ports.mailer.mails).toHaveLength(9);
    failing = false;
    await deliverChunk(ports, chunkFor(readers), NEVER);
    expect([...acceptances(ports).values()]).toEqual(Array(10).fill(1));
  });

  it('enters a period without news as skipped, and mails nothing', async () => {
    const { ports, reader, chunk } = await oneReader();
    await deliverChunk(ports, chunk, NEVER);
    ports.clock.set(BASE_AT + DAY);
    const period = { kind: 'day' as const, date: '2026-01-06' };
    await deliverChunk(ports, { ...chunk, dueAt: BASE_AT + DAY, period }, NEVER);
    expect(await stateOf(ports, reader, period)).toEqual({ kind: 'skipped', at: BASE_AT + DAY, reason: 'nothing-new' });
    expect(ports.mailer.calls).toBe(1);
  });

  it('chooses by the wishes that hold when it mails, not by those of the page', async () => {
    const { ports, reader, chunk } = await oneReader();
    await meanwhile(ports, reader, (each) => ({
      ...each,
      preferences: { ...each.preferences, mutes: [{ kind: 'words', words: 'ceasefire' }] },
    }));
    await deliverChunk(ports, chunk, NEVER);
    expect(ports.mailer.mails.map(({ raw }) => Buffer.from(raw).toString().includes('Ceasefire'))).toEqual([false]);
  });

  it('leaves out what a summary says of a muted word', async () => {
    const ports = await bench([
      { title: 'Harbour reopens', summary: 'Ships of the Armada come back.', topics: ['world'] },
      { title: 'Comet seen', sources: ['b'], topics: ['world'] },
    ]);
    const [reader] = await readersOf(ports, ['a@example.com'], { mutes: [{ kind: 'words', words: 'armada' }] });
    await deliverChunk(ports, chunkFor(reader ? [reader] : []), NEVER);
    expect(ports.seen.map(({ selection }) => selection.lead?.telling.title)).toEqual(['Comet seen']);
    expect(ports.seen[0]?.selection.sections).toEqual([]);
  });
});

describe('deliverOne', () => {
  const welcome = { period: { kind: 'welcome' as const, date: '2026-01-05' }, dueAt: BASE_AT, edition: 1 };

  it('promises in a welcome what comes after it: nothing within six hours', async () => {
    const { ports, reader } = await oneReader({ hour: 11 });
    const views = vi.spyOn(ports.press, 'digest');
    await deliverOne(ports, reader, welcome);
    // asked for at 07:00 in Berlin: 11:00 is four hours away
    expect(views.mock.calls[0]?.[0].nextAt).toBe(BASE_AT + 28 * HOUR);
  });

  it.each<['welcome' | 'now', Partial<Preferences>, Joining | null]>([
    ['welcome', { keywords: ['Tides'] }, 'keywords'],
    ['welcome', { keywords: ['Tides'], sources: ['a'] }, 'keywords'],
    ['welcome', { sources: ['a', `p${'0'.repeat(30)}`] }, 'sources'],
    ['welcome', { keywords: ['Tides'], sources: [`p${'0'.repeat(30)}`] }, 'both'],
    ['welcome', { sources: ['a'] }, null],
    ['now', { keywords: ['Tides'] }, null],
  ])('says in a %s of who chose %j that their own comes later: %s', async (kind, wishes, joining) => {
    const { ports, reader } = await oneReader(wishes);
    await ports.sources.save(aSource({ id: 'a' }));
    const views = vi.spyOn(ports.press, 'digest');
    await deliverOne(ports, reader, { ...welcome, period: { ...welcome.period, kind } });
    expect(views.mock.calls.map(([view]) => view.joining)).toEqual([joining]);
  });

  it('mails a welcome once a date, and its stories do not come again', async () => {
    const { ports, reader, chunk } = await oneReader();
    expect(await deliverOne(ports, reader, welcome)).toMatchObject({ kind: 'sent' });
    expect(await deliverOne(ports, reader, welcome)).toMatchObject({ kind: 'sent' });
    expect(ports.mailer.calls).toBe(1);
    await publish(ports, 2, [
      draw({ title: 'Lighthouse lit again', lastNewsAt: BASE_AT + HOUR, firstSeenAt: BASE_AT + HOUR }),
    ]);
    ports.clock.set(BASE_AT + DAY);
    await deliverChunk(
      ports,
      { ...chunk, edition: 2, dueAt: BASE_AT + DAY, period: { kind: 'day', date: '2026-01-06' } },
      NEVER,
    );
    const [first, second] = ports.seen.map(({ selection }) => selection.lead?.event.id);
    expect(second).not.toBe(first);
  });

  it('sends now to who is paused, for they asked', async () => {
    const { ports, reader } = await oneReader();
    const paused = { ...reader, version: 2, status: { kind: 'paused' as const, until: BASE_AT + DAY } };
    await ports.subscribers.save(paused);
    const now = { ...welcome, period: { kind: 'now' as const, date: '2026-01-05' } };
    expect(await deliverOne(ports, paused, now)).toMatchObject({ kind: 'sent' });
    expect(await deliverOne(ports, paused, welcome)).toMatchObject({ kind: 'skipped', reason: 'paused' });
  });

  it('throws when SES is too busy, and mails when asked again', async () => {
    const { ports, reader } = await oneReader();
    const busy: SendOutcome = { kind: 'refused', error: 'throttled', message: '' };
    ports.mailer.outcomes = [busy];
    await expect(deliverOne(ports, reader, welcome)).rejects.toThrow(NotNow);
    expect(await deliverOne(ports, reader, welcome)).toMatchObject({ kind: 'sent' });
  });

  it('throws with the time to wait when the account has no place', async () => {
    const { ports, reader } = await oneReader();
    ports.pace.held.push({ kind: 'held', why: 'quota', waitMs: 900_000 });
    await expect(deliverOne(ports, reader, welcome)).rejects.toMatchObject({ name: 'NotNow', waitMs: 900_000 });
    expect(await ports.deliveries.byPeriod(reader.id, welcome.period)).toBeUndefined();
  });
});
