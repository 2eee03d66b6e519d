import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEditionCache } from '../../functions/digest/edition-cache.ts';
import { cohortOf, shardOf } from '../../functions/model/cohort.ts';
import { deliveryId } from '../../functions/model/delivery.ts';
import { DAY, HOUR } from '../../functions/model/time.ts';
import { runBroadsheet, takeSettings } from '../../infra/commands/broadsheet.ts';
import { LOCAL_CREDENTIALS, type LocalQueues, startQueues } from '../../infra/local/queues.ts';
import type { OperatorPorts } from '../../infra/operator/commands.ts';
import { createDeadLetters } from '../../infra/operator/dead-letters.ts';
import { redactBody } from '../../infra/operator/redact.ts';
import { aChunk, aPointer, aSubscriber, BASE_AT } from '../builders.ts';
import { memoryPorts } from '../fakes.ts';
import { idlePorts } from './idle.ts';

const setUp = async (over: Partial<OperatorPorts> = {}) => {
  const memory = memoryPorts({ now: BASE_AT + 6 * HOUR });
  await memory.editions.publish(aPointer({ number: 1 }));
  const { digests, settle } = memory.queues;
  const ports = { ...memory, digests, settle, news: createEditionCache(memory), ...idlePorts(memory), ...over };
  const out: string[] = [];
  const err: string[] = [];
  const run = (...argv: string[]) =>
    runBroadsheet(argv, async () => ports, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { ports, memory, out, err, run };
};

describe('npx broadsheet', () => {
  it.each([
    ['no command', []],
    ['an unknown command', ['mend']],
    ['an unknown option', ['census', '--deep']],
    ['an option of another command', ['census', '--from', '2026-01-05T06:00:00Z']],
    ['a span without an end', ['reconcile', '--from', '2026-01-05T06:00:00Z']],
    ['a span that ends before it begins', ['reconcile', '--from', '2026-01-05', '--to', '2026-01-04']],
    ['no instant', ['resume', '--from', 'yesterday']],
    ['an unknown word for the brake', ['brake', 'harder']],
    ['no digest', ['replay']],
    ['what is no delivery id', ['replay', '--delivery', 'me@example.com']],
    ['wishes that are no object', ['replay', '--delivery', 'abcdefghij012345_2026-01-05_day', '--wishes', '[1]']],
    ['a pick of nothing', ['pick', '--note', 'Worth your time']],
    ['a pick without a reason', ['pick', '--url', 'https://a.example/1', '--note', ' ']],
    ['a pick with too long a reason', ['pick', '--url', 'https://a.example/1', '--note', 'x'.repeat(201)]],
    ['no address', ['unsuppress']],
    ['two addresses', ['unsuppress', 'one@example.com', 'two@example.com']],
    ['what is no address', ['unsuppress', 'one at example.com']],
    ['no queue', ['dead-letters', 'list']],
    ['an unknown queue', ['dead-letters', 'redrive', '--queue', 'parcels']],
  ])('refuses %s with code 2 and one line, and opens nothing', async (_, argv) => {
    const err: string[] = [];
    const opened: string[] = [];
    const open = async () => {
      opened.push('ports');
      return (await setUp()).ports;
    };
    expect(await runBroadsheet(argv, open, { out: () => undefined, err: (line) => err.push(line) })).toBe(2);
    expect(err).toHaveLength(1);
    expect(err[0]).toMatch(/^broadsheet: [^\n]+$/);
    expect(opened).toEqual([]);
  });

  it.each([
    [['dead-letters'], "dead-letters: no such command; there is 'dead-letters list', 'dead-letters redrive'"],
    [['brake', 'harder'], "brake harder: no such command; there is 'brake', 'brake pull', 'brake release'"],
    [['census', '--deep'], "Unknown option '--deep'"],
    [['unsuppress'], 'unsuppress: one address is wanted, such as you@example.com'],
    [
      ['pick', '--url', 'a.example/1', '--note', 'x'],
      '--url a.example/1: no address of a story; copy it from a digest',
    ],
    [['pick', '--url', 'https:', '--note', 'x'], '--url https:: no address of a story; copy it from a digest'],
    [['pick', '--note', 'x'], '--url is missing: the address of a story, as a digest has it'],
    [['resume', '--from'], '--from needs a value'],
  ])('says what there is instead of %j', async (argv, line) => {
    const { run, err } = await setUp();
    await run(...argv);
    expect(err).toEqual([`broadsheet: ${line}`]);
  });

  it('helps', async () => {
    const { run, out } = await setUp();
    expect(await run('--help')).toBe(0);
    for (const command of [
      'census',
      'reconcile',
      'resume',
      'replay',
      'pick',
      'picks',
      'brake',
      'unsuppress ADDRESS',
      'brake release',
      'brake pull',
      'dead-letters list',
      'dead-letters redrive',
    ])
      expect(out.join()).toContain(`\n  ${command}`);
  });

  it('says where settings come from when it has none', () => {
    const { TABLE_CONTROL: _, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/broadsheet.mjs', 'brake'], {
      encoding: 'utf8',
      env,
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: 'broadsheet: no settings of a stack: give --settings FILE; --help has the command that makes it\n',
    });
  });

  it('takes settings as the AWS CLI prints them, but for those of Node', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'broadsheet-settings-')), 'settings.json');
    const environment: NodeJS.ProcessEnv = { PATH: '/bin', TABLE_NEWS: 'old' };
    expect(() => takeSettings(file, environment)).toThrow(/^--settings [^\n]+ --help has the command/);
    writeFileSync(file, JSON.stringify({ TABLE_NEWS: 'news', NODE_OPTIONS: '--enable-source-maps' }));
    takeSettings(file, environment);
    expect(environment).toEqual({ PATH: '/bin', TABLE_NEWS: 'news' });
  });

  it('fails with code 1 and one line', async () => {
    const { run, err } = await setUp({
      deadLetters: {
        list: async () => {
          throw new Error('access denied\nat stack');
        },
        redrive: async () => 0,
      },
    });
    expect(await run('dead-letters', 'list', '--queue', 'fetch')).toBe(1);
    expect(err).toEqual(['broadsheet: access denied']);
  });

  it.each([
    ['Region is missing', /: set AWS_REGION/],
    ['Could not load credentials from any providers', /: log in as for the AWS CLI/],
  ])('says what to do where AWS’s own words do not: %s', async (says, advice) => {
    const err: string[] = [];
    const open = () => Promise.reject(new Error(says));
    expect(await runBroadsheet(['brake'], open, { out: () => undefined, err: (line) => err.push(line) })).toBe(1);
    expect(err).toEqual([expect.stringMatching(advice)]);
    expect(err[0]).toContain(`broadsheet: ${says}: `);
  });

  it('takes a census, and reconciles: code 1 while something is missing', async () => {
    const { run, out, ports } = await setUp();
    const confirmedAt = BASE_AT - 30 * DAY;
    const one = aSubscriber({ confirmedAt, movedAt: confirmedAt });
    await ports.subscribers.save(one);
    expect(await run('census', '--json')).toBe(0);
    expect(JSON.parse(out.pop() ?? '')).toMatchObject({ subscribers: 1, addresses: 1, lost: [{}] });
    const span = ['--from', '2026-01-05T00:00:00Z', '--to', '2026-01-05T12:00:00Z'];
    const missing = deliveryId(one.id, { kind: 'day', date: '2026-01-05' });
    expect(await run('reconcile', ...span, '--json')).toBe(1);
    expect(JSON.parse(out.pop() ?? '')).toMatchObject({ due: 1, missing: [missing], queued: 1 });
    expect(await run('reconcile', ...span)).toBe(1);
    expect(out.pop()).toContain(`missing ${missing}`);
  });

  it('shows, pulls and releases the brake: code 1 while it is on', async () => {
    const { run, out, ports } = await setUp();
    expect(await run('brake')).toBe(0);
    const on = { v: 1, kind: 'on', at: BASE_AT, why: 'bounces', events: 31, mails: 1000 } as const;
    await ports.control.setBrake(on);
    expect(await run('brake')).toBe(1);
    expect(out.pop()).toContain('31 bounces of 1000 mails');
    expect(await run('brake', 'pull', '--json')).toBe(0);
    expect(JSON.parse(out.pop() ?? '')).toEqual({ brake: on });
    expect(await run('brake', 'release')).toBe(0);
    const released = { v: 1, kind: 'off', at: BASE_AT + 6 * HOUR };
    expect(await ports.control.brake()).toEqual(released);
    expect(await run('brake', 'pull')).toBe(0);
    expect(await ports.control.brake()).toMatchObject({ kind: 'on', why: 'operator' });
  });

  it('resumes planning, but not from the future', async () => {
    const { run, err, ports } = await setUp();
    const { preferences, id } = aSubscriber();
    await ports.cohorts.register(cohortOf(preferences), shardOf(id), BASE_AT - DAY);
    expect(await run('resume', '--from', '2026-01-05T06:00:00Z')).toBe(0);
    expect(await ports.cohorts.lastTick()).toEqual({ at: BASE_AT, resumedFromAt: BASE_AT });
    expect(await run('resume', '--from', '2027-01-05T06:00:00Z')).toBe(1);
    expect(err.join()).toContain('future');
  });
});

describe('a dead letter as the operator sees it', () => {
  it.each([
    ['a chunk', aChunk(), aChunk()],
    [
      'a letter',
      { v: 1, kind: 'address-change', subscriber: 'abcdefghij012345', to: 'new@example.com', askedAt: 1 },
      { v: 1, kind: 'address-change', subscriber: 'abcdefghij012345', to: '(hidden)', askedAt: 1 },
    ],
    [
      'a request',
      { v: 1, kind: 'request', host: 'blog.example', wanted: [{ id: 'p1', url: 'https://blog.example/?key=secret' }] },
      { v: 1, kind: 'request', host: 'blog.example', wanted: '(hidden)' },
    ],
    ['an address where an id should be', { subscriber: 'me@example.com' }, { subscriber: '(hidden)' }],
    [
      'an event of SES',
      { 'detail-type': 'Email Bounced', detail: { eventType: 'Bounce', mail: { destination: ['me@example.com'] } } },
      { 'detail-type': 'Email Bounced', detail: { eventType: 'Bounce', mail: '(hidden)' } },
    ],
  ])('%s', (_, body, seen) => {
    expect(redactBody(JSON.stringify(body))).toEqual(seen);
  });

  it.each(['me@example.com', '"me@example.com"', '["me@example.com"]', '{"cohort": '])('%s is not shown', (body) => {
    expect(redactBody(body)).toEqual({ unreadable: body.length });
  });
});

describe('dead letters', () => {
  let queues: LocalQueues;
  let sqs: SQSClient;
  beforeAll(async () => {
    queues = await startQueues();
    sqs = new SQSClient({ endpoint: queues.endpoint, region: queues.region, credentials: LOCAL_CREDENTIALS });
  });
  afterAll(async () => {
    sqs.destroy();
    await queues.stop();
  });

  it('are listed where they stay, and sent back once', async () => {
    const deadLetters = createDeadLetters(sqs, queues.url);
    const bodies = Array.from({ length: 12 }, (_, n) => JSON.stringify(aChunk({ shards: [n] })));
    for (const MessageBody of bodies)
      await sqs.send(new SendMessageCommand({ QueueUrl: `${queues.url('digests')}-dlq`, MessageBody }));
    const listed = await deadLetters.list('digests');
    expect(listed.map(({ body }) => JSON.stringify(body)).sort()).toEqual([...bodies].sort());
    // they were held while they were listed, so one look may come too early for some
    let moved = 0;
    const redriven = async () => {
      moved += await deadLetters.redrive('digests');
      return moved;
    };
    await expect.poll(redriven).toBe(12);
    expect(queues.depth('digests')).toMatchObject({ ready: 12, dead: 0 });
    expect(await deadLetters.redrive('digests')).toBe(0);
    expect(queues.depth('digests')).toMatchObject({ ready: 12 });
  });
});
