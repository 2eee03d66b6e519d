import { describe, expect, it } from 'vitest';
import { openPace, type Pace } from '../../functions/digest/pace.ts';
import { HOUR, MINUTE } from '../../functions/model/time.ts';
import { office, seconds, work } from './paced-account.ts';

/**
 * Workers that know of each other only through Control, under a virtual clock. Fails if: a lease is taken without its condition ·
 * every mail takes one · SES is asked by each worker · a place is used long after its time · a refusal is kept to oneself.
 */

describe('workers on one account', () => {
  it.each([
    [25, 1],
    [25, 4],
    [14, 2],
    [14, 7],
    [200, 3],
  ])('of %i mails a second: %i of them use four fifths of it, and none is refused', async (rate, workers) => {
    const all = office(rate);
    const mails = rate * 20;
    await all.time.run(
      Promise.all(Array.from({ length: workers }, () => work(all, 'digests', Math.ceil(mails / workers)))),
    );
    expect(all.account.throttled).toBe(0);
    // once every worker has found out what it can send
    const later = all.account.taken.filter((at) => at > (all.account.taken[0] ?? 0) + 8_000);
    const perSecond = ((later.length - 1) * 1000) / ((later.at(-1) ?? 0) - (later[0] ?? 0));
    expect(perSecond).toBeLessThanOrEqual(rate * 0.81);
    expect(perSecond).toBeGreaterThan(rate * 0.7);
    // a lease is for what a worker sends in a second: fewer writes than mails, however many workers want the few places
    expect(all.counts.writes).toBeLessThan(all.account.taken.length / (rate > 14 ? 3 : 2));
    const minutes = seconds(all.account) / 60;
    expect(all.account.asked.length).toBeLessThanOrEqual(Math.ceil(minutes) + 1);
  });

  it('read before they write where others do, and not where they are alone', async () => {
    const [alone, crowd] = [office(200), office(200)];
    await alone.time.run(work(alone, 'digests', 4000));
    await crowd.time.run(Promise.all(Array.from({ length: 3 }, () => work(crowd, 'digests', 2000))));
    // a refused write costs as much as five reads
    expect(crowd.counts.refused).toBeLessThan(crowd.counts.writes / 10);
    expect(alone.counts.refused).toBe(0);
    expect(alone.counts.reads).toBeLessThan(alone.counts.writes / 3);
  });

  it('mail in turns in the sandbox, one a second', async () => {
    const all = office(1, { maxPer24h: 200 });
    await all.time.run(Promise.all([work(all, 'digests', 10), work(all, 'digests', 10)]));
    expect(all.account.throttled).toBe(0);
    const gaps = all.account.taken.slice(1).map((at, n) => at - (all.account.taken[n] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1249);
  });

  it('send those who wait in line away when the worker’s time is over, not after their turn', async () => {
    const all = office(1);
    const endsAt = all.time.clock.now() + 5_000;
    const pace = all.open('digests', endsAt);
    const permits = await all.time.run(Promise.all(Array.from({ length: 24 }, () => pace.take())));
    expect(permits.filter(({ kind }) => kind === 'go').length).toBeLessThanOrEqual(6);
    expect(permits.at(-1)).toEqual({ kind: 'held', why: 'rate', waitMs: 0 });
    // in the sandbox a place takes 1.25 s to come: all 24 would be half a minute
    expect(all.time.clock.now() - endsAt).toBeLessThan(2_000);
  });

  it('let letters pass: none waits long behind a flood of digests', async () => {
    const all = office(14);
    const flood = Promise.all([work(all, 'digests', 400), work(all, 'digests', 400)]);
    const letters = async (): Promise<number[]> => {
      const waits: number[] = [];
      for (let n = 0; n < 20; n++) {
        await all.time.wait(1500);
        waits.push(...(await work(all, 'letters', 1)));
      }
      return waits;
    };
    const [, waits] = await all.time.run(Promise.all([flood, letters()]));
    expect(Math.max(...waits)).toBeLessThan(1000);
    expect(all.account.throttled).toBe(0);
  });

  it('stop before the last twentieth of the quota, and letters go on', async () => {
    const all = office(25, { maxPer24h: 200 });
    const pace = all.open('digests');
    const flood = async () => {
      let sent = 0;
      for (;;) {
        const permit = await pace.take();
        if (permit.kind === 'held') return { sent, permit };
        sent++;
        await all.account.mail();
      }
    };
    expect(await all.time.run(flood())).toEqual({
      sent: 190,
      permit: { kind: 'held', why: 'quota', waitMs: 15 * MINUTE },
    });
    expect(await all.time.run(work(all, 'letters', 10))).toHaveLength(10);
    expect(all.account.taken).toHaveLength(200);
    expect(await all.time.run(all.open('letters').take())).toMatchObject({ kind: 'held', why: 'quota' });
  });

  it('tell the operator when more than four fifths of the quota are used', async () => {
    const all = office(25, { maxPer24h: 200 });
    const told = async (used: number): Promise<number> => {
      all.account.taken.push(...Array(used - all.account.taken.length).fill(all.time.clock.now()));
      all.log.lines.length = 0;
      await all.time.run(all.time.wait(MINUTE));
      await all.time.run(all.open('letters').take());
      return all.log.lines.filter(({ event }) => event === 'rate.quota-high').length;
    };
    expect([await told(160), await told(161), await told(199)]).toEqual([0, 1, 1]);
  });

  it('slow down together when SES throttles one, and recover', async () => {
    const all = office(50);
    const [one, other] = [all.open('digests'), all.open('digests')];
    await all.time.run(other.take());
    await all.time.run(one.refused('throttled'));
    const pull = async (pace: Pace, count: number): Promise<number> => {
      const from = all.time.clock.now();
      for (let n = 0; n < count; n++) await pace.take();
      return (all.time.clock.now() - from) / 1000;
    };
    expect(100 / (await all.time.run(pull(other, 100)))).toBeLessThan(25);
    expect(all.log.lines.map(({ event }) => event)).toContain('rate.refused');
    await all.time.run(all.time.wait(10 * MINUTE));
    await all.time.run(pull(other, 200));
    expect(200 / (await all.time.run(pull(other, 200)))).toBeGreaterThan(38);
  });

  it('hold back all when SES says that the quota is used up, until it says otherwise', async () => {
    const all = office(25, { maxPer24h: 1000 });
    const [one, other] = [all.open('digests'), all.open('letters')];
    await all.time.run(one.take());
    await all.time.run(one.refused('quota'));
    expect(await all.time.run(other.take())).toMatchObject({ kind: 'held', why: 'quota' });
    await all.time.run(all.time.wait(MINUTE));
    expect(await all.time.run(other.take())).toEqual({ kind: 'go' });
  });
});

it('the brake holds digests back within a lease, and lets letters go', async () => {
  const all = office(14);
  const pace = all.open('digests');
  await all.time.run(pace.take());
  await all.memory.setBrake({ v: 1, kind: 'on', at: 0, why: 'bounces', events: 9, mails: 100 });
  const permits = await all.time.run(Promise.all(Array.from({ length: 12 }, () => pace.take())));
  expect(permits.filter(({ kind }) => kind === 'go').length).toBeLessThan(8);
  expect(permits.at(-1)).toEqual({ kind: 'held', why: 'brake', waitMs: 15 * MINUTE });
  expect(await all.time.run(all.open('letters').take())).toEqual({ kind: 'go' });
  await all.memory.setBrake({ v: 1, kind: 'off', at: 1 });
  await all.time.run(all.time.wait(MINUTE));
  expect(await all.time.run(pace.take())).toEqual({ kind: 'go' });
});

describe('a worker', () => {
  it('that was slow gives up the places it missed, and none comes in a burst', async () => {
    const all = office(20);
    const pace = all.open('digests');
    for (let n = 0; n < 80; n++) await all.time.run(pace.take());
    // the first place of a new lease, and a long sleep over the others
    for (const { writes } = { ...all.counts }; all.counts.writes === writes; ) await all.time.run(pace.take());
    await all.time.run(all.time.wait(30_000));
    const from = all.time.clock.now();
    const at: number[] = [];
    const burst = async () => {
      for (let n = 0; n < 16; n++) {
        await pace.take();
        at.push(all.time.clock.now() - from);
      }
    };
    await all.time.run(burst());
    expect(at.filter((ms) => ms < 500).length).toBeLessThanOrEqual(9);
  });

  it('is sent away when others have the next seconds, and told for how long', async () => {
    const all = office(1);
    for (let n = 0; n < 4; n++) await all.time.run(all.open('digests').take());
    const paces = Array.from({ length: 6 }, () => all.open('digests'));
    const permits = await all.time.run(Promise.all(paces.map((pace) => pace.take())));
    expect(permits.filter(({ kind }) => kind === 'held').length).toBeGreaterThan(1);
    expect(permits).toContainEqual({ kind: 'held', why: 'rate', waitMs: 5000 });
  });

  it('goes by the sandbox’s limits while SES never answers, asks again each minute, and says so', async () => {
    const all = office(25);
    let answers = false;
    const { quota } = all.account.mailer;
    all.ports.mailer = {
      quota: () => (answers ? quota() : Promise.reject(new Error('AccessDenied'))),
    };
    const pace = all.open('digests');
    await all.time.run(pace.take());
    const from = all.time.clock.now();
    await all.time.run(pace.take());
    expect(all.time.clock.now() - from).toBeCloseTo(1250, 0);
    expect(all.log.lines.filter(({ event }) => event === 'rate.unread')).toHaveLength(1);
    answers = true;
    await all.time.run(all.time.wait(HOUR));
    await all.time.run(pace.take());
    const then = all.time.clock.now();
    await all.time.run(pace.take());
    expect(all.time.clock.now() - then).toBeLessThanOrEqual(250);
  });

  it.each([
    ['never', Number.POSITIVE_INFINITY],
    ['no more', 1],
  ])('mails a quota each day though SES tells %s what it is', async (_, answers) => {
    const all = office(1, { maxPer24h: 200 });
    const { quota } = all.account.mailer;
    all.ports.mailer = {
      quota: () => (all.account.asked.length < 1 && answers === 1 ? quota() : Promise.reject(new Error('Unavailable'))),
    };
    const days: number[] = [];
    for (let day = 0; day < 8; day++) {
      let went = 0;
      for (let n = 0; n < 40; n++) {
        await all.time.run(all.time.wait(0.5 * HOUR));
        if ((await all.time.run(all.open('letters').take())).kind === 'go') went++;
      }
      days.push(went);
    }
    expect(days).toEqual(Array(8).fill(40));
  });

  it('does not fail its mail when it cannot tell the others', async () => {
    const all = office(25);
    const pace = openPace(
      { ...all.ports, control: { ...all.ports.control, budget: () => Promise.reject(new Error()) } },
      'digests',
    );
    await pace.refused('throttled');
    expect(all.log.lines.map(({ event }) => event)).toEqual(['rate.untold']);
  });
});
