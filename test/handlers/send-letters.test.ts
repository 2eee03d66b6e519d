import { describe, expect, it } from 'vitest';
import { createPress } from '../../functions/digest/press/press.ts';
import { sendLettersHandler } from '../../functions/handlers/send-letters.ts';
import type { LetterMessage } from '../../functions/model/messages.ts';
import { MINUTE } from '../../functions/model/time.ts';
import { createLinks } from '../../functions/subscribers/links.ts';
import type { SendLettersPorts } from '../../functions/wiring.ts';
import { aSubscriber, BASE_AT } from '../builders.ts';
import { bench } from '../digest/worker.ts';
import { KEY, PUBLIC_URL } from '../subscribers/site.ts';

const setUp = async () => {
  const ports = await bench();
  const reader = aSubscriber({ status: { kind: 'pending' } });
  await ports.subscribers.save(reader);
  const invocation = {
    ...ports,
    letters: ports.queues.letters,
    press: createPress({
      name: 'B',
      from: 'n@news.example',
      postalAddress: '1 Example Street',
      contact: 'h@news.example',
    }),
    links: createLinks(PUBLIC_URL, KEY),
    close: () => undefined,
  };
  const lanes: string[] = [];
  const open: Pick<SendLettersPorts, 'letters' | 'log'> & { openInvocation(lane: string): Promise<typeof invocation> } =
    {
      letters: ports.queues.letters,
      log: ports.log,
      async openInvocation(lane) {
        lanes.push(lane);
        return invocation;
      },
    };
  // the handler asks for no more of its ports than these
  const handler = sendLettersHandler(open as unknown as SendLettersPorts);
  const letter: LetterMessage = { v: 1, kind: 'confirm', subscriber: reader.id, askedAt: BASE_AT };
  const call = (left = 60_000, message: LetterMessage = letter) =>
    handler(
      { Records: [{ messageId: 'm', body: JSON.stringify(message) }] },
      { getRemainingTimeInMillis: () => left, invokedFunctionArn: '' },
    );
  return { ports, reader, letter, lanes, call };
};

describe('send-letters', () => {
  it('mails on the lane of letters', async () => {
    const { ports, lanes, call } = await setUp();
    expect(await call()).toEqual({ batchItemFailures: [] });
    expect([lanes, ports.mailer.calls]).toEqual([['letters'], 1]);
  });

  it('puts back what SES has no room for, as a message of its own: no receipt is lost', async () => {
    const { ports, letter, call } = await setUp();
    ports.mailer.outcomes = [{ kind: 'refused', error: 'throttled', message: '' }];
    expect(await call()).toEqual({ batchItemFailures: [] });
    expect(ports.queues.letters.sent).toEqual([{ message: letter, delayMs: 5_000 }]);
  });

  it('begins nothing that it may not have the time to end', async () => {
    const { ports, letter, call } = await setUp();
    expect(await call(21_000)).toEqual({ batchItemFailures: [] });
    expect(ports.mailer.calls).toBe(0);
    expect(ports.queues.letters.sent).toEqual([{ message: letter, delayMs: 0 }]);
  });

  it('lets a welcome wait for the first edition, however long a new newsroom takes', async () => {
    const { ports, reader, letter, call } = await setUp();
    await ports.subscribers.save({ ...reader, version: 2, status: { kind: 'active' }, confirmedAt: BASE_AT });
    ports.editions.current = async () => undefined;
    const welcome = { ...letter, kind: 'welcome' } as const;
    expect(await call(60_000, welcome)).toEqual({ batchItemFailures: [] });
    expect(ports.queues.letters.sent).toEqual([{ message: welcome, delayMs: 5 * MINUTE }]);
  });

  it('leaves what failed to the queue', async () => {
    const { ports, call } = await setUp();
    ports.subscribers.byId = () => Promise.reject(new Error('throughput'));
    expect(await call()).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
    expect(ports.queues.letters.sent).toEqual([]);
  });
});
