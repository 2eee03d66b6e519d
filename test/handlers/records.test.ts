import { describe, expect, it } from 'vitest';
import { onFirstCall } from '../../functions/handlers/on-first-call.ts';
import { eachRecord } from '../../functions/handlers/records.ts';
import { scheduledAt } from '../../functions/handlers/scheduled.ts';
import { letterMessage } from '../../functions/model/messages.ts';
import { anId } from '../builders.ts';
import { recordingLog } from '../fakes.ts';

const letter = (over: object = {}): string =>
  JSON.stringify({ v: 1, kind: 'confirm', subscriber: anId(), askedAt: 1, ...over });

const batch = (...bodies: string[]): object => ({
  Records: bodies.map((body, n) => ({ messageId: `m${n}`, body, attributes: {}, eventSource: 'aws:sqs' })),
});

describe('a batch of queue records', () => {
  it.each([
    ['no JSON', 'etc@example.com'],
    ['half of a message', letter().slice(0, 20)],
    ['an unknown kind', letter({ kind: 'invoice' })],
    ['an id that is none', letter({ subscriber: '../../etc' })],
    ['a version of the future', letter({ v: 2 })],
    ['null', 'null'],
  ])('%s costs only itself, and its content is not logged', async (_, malformed) => {
    const log = recordingLog();
    const worked: string[] = [];
    const answer = await eachRecord(batch(letter(), malformed, letter()), letterMessage, log, async ({ kind }) =>
      worked.push(kind),
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(worked).toEqual(['confirm', 'confirm']);
    expect(log.lines.map(({ event }) => event)).toEqual(['message.failed']);
    expect(JSON.stringify(log.lines)).not.toContain('etc');
  });

  it('a message whose work throws fails alone', async () => {
    let calls = 0;
    const answer = await eachRecord(batch(letter(), letter()), letterMessage, recordingLog(), async () => {
      if (calls++ === 0) throw new Error('SES is away');
    });
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
  });

  it('an event that is no batch is refused whole', async () => {
    await expect(eachRecord({ hello: 1 }, letterMessage, recordingLog(), async () => undefined)).rejects.toThrow(
      /Records/,
    );
  });
});

describe('a scheduled event', () => {
  it.each([
    ['the tick our schedules send', { time: '2026-01-05T07:00:00Z' }, Date.UTC(2026, 0, 5, 7)],
    ['a queue batch', batch(letter()), undefined],
    ['a time that is none', { time: 'soon' }, undefined],
  ])('%s', (_, event, at) => {
    expect(scheduledAt(event)).toBe(at);
  });
});

describe('a handler', () => {
  it('is wired by its first call, once, and again after wiring failed', async () => {
    let builds = 0;
    const handler = onFirstCall<string, undefined, string>(async () => {
      builds++;
      if (builds === 1) throw new Error('configuration: TABLE_NEWS: missing');
      return async (event) => `done ${event}`;
    });
    expect(builds).toBe(0);
    await expect(handler('a', undefined)).rejects.toThrow('TABLE_NEWS');
    expect(await handler('b', undefined)).toBe('done b');
    expect(await handler('c', undefined)).toBe('done c');
    expect(builds).toBe(2);
  });
});
