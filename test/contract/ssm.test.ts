import { SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { systemChance } from '../../functions/adapters/chance.ts';
import { createMark, readKey, readLinkKeys, readSecrets } from '../../functions/adapters/ssm.ts';
import { type Loopback, startLoopback } from './loopback.ts';

/** Parameter Store as far as we use it, in memory. */

const request = z.object({
  Name: z.string().optional(),
  Names: z.array(z.string()).default([]),
  Value: z.string().optional(),
  WithDecryption: z.boolean().default(false),
});

const parameters = new Map<string, string>();
let server: Loopback;
let ssm: SSMClient;

beforeAll(async () => {
  server = await startLoopback();
  ssm = new SSMClient({
    endpoint: server.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
  });
  server.answer = (body, response, { headers }) => {
    const { Name = '', Names, Value, WithDecryption } = request.parse(JSON.parse(body));
    const target = String(headers['x-amz-target']);
    const json = (status: number, answer: object) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    if (target.endsWith('GetParameters')) {
      const found = Names.filter((name) => parameters.has(name) && WithDecryption);
      return json(200, { Parameters: found.map((name) => ({ Name: name, Value: parameters.get(name) })) });
    }
    if (target.endsWith('PutParameter')) {
      parameters.set(Name, Value ?? '');
      return json(200, { Version: 1 });
    }
    const value = parameters.get(Name);
    return value === undefined
      ? json(400, { __type: 'ParameterNotFound', message: 'none' })
      : json(200, { Parameter: { Name, Value: value } });
  };
});
afterAll(async () => {
  ssm.destroy();
  await server.close();
});

describe('secrets', () => {
  const names = { linkKey: '/b/link-key', pepper: '/b/pepper' };
  const text = (byte: number): string => Buffer.alloc(32, byte).toString('base64url');

  it('are read both at once', async () => {
    parameters.set(names.linkKey, text(1)).set(names.pepper, text(2));
    expect(await readSecrets(ssm, names)).toEqual({
      linkKeys: [new Uint8Array(32).fill(1)],
      pepper: new Uint8Array(32).fill(2),
    });
  });

  it('hold several keys for links, the current first, between commas', async () => {
    parameters.set(names.linkKey, `${text(1)},${'0a'.repeat(32)}, ${text(3)}\n`).set(names.pepper, text(2));
    const { linkKeys } = await readSecrets(ssm, names);
    expect(linkKeys.map((key) => Buffer.from(key).toString('base64url'))).toEqual([text(1), '0a'.repeat(32), text(3)]);
    // one pepper only: marks are found by no other
    parameters.set(names.pepper, `${text(2)},${text(3)}`);
    await expect(readSecrets(ssm, names)).rejects.toThrow('secret /b/pepper: at least 32');
  });

  it.each([
    ['nothing', undefined, ' is missing: at'],
    ['an empty value', '', ': at'],
    ['one that is too short', 'a'.repeat(31), ': at'],
    ['no new key', `,${text(1)}`, ', key 1 of 2: at'],
    ['no old key', `${text(2)},`, ', key 2 of 2: at'],
    ['a gap', `${text(2)},,${text(1)}`, ', key 2 of 3: at'],
    ['an old key that is too short', `${text(2)},${text(1)},${'b'.repeat(31)}`, ', key 3 of 3: at'],
    ['a blank between keys', `${text(2)} ${text(1)}`, ': at'],
    ['keys that are cut into lines', `${'a'.repeat(76)}\n${'b'.repeat(40)}`, ': at'],
  ])('for links: %s is refused in one line that says which and what to do, without it', (_what, value, told) => {
    const read = () => readLinkKeys('/b/link-key', value);
    const wanted = 'least 32 characters of base64 or hexadecimal, as `openssl rand -hex 32` makes them';
    const how = 'with a comma between several (the current first)';
    expect(read).toThrow(new Error(`secret /b/link-key${told} ${wanted}, ${how}`));
  });

  it.each([
    ['missing', undefined],
    ['too short', 'c2hvcnQ'],
    ['no base64', `${'a'.repeat(40)} b!`],
  ])('%s are named, not shown', async (_what, value) => {
    parameters.set(names.linkKey, text(1));
    if (value === undefined) parameters.delete(names.pepper);
    else parameters.set(names.pepper, value);
    const error = await readSecrets(ssm, names).catch(String);
    expect(error).toContain('secret /b/pepper');
    if (value) expect(error).not.toContain(value);
  });

  it('come from the environment in the same form', () => {
    expect(readKey('PEPPER', text(3))).toEqual(new Uint8Array(32).fill(3));
    const bytes = Uint8Array.from({ length: 32 }, (_, n) => 251 - n);
    for (const alphabet of ['base64', 'base64url'] as const)
      expect(readKey('PEPPER', Buffer.from(bytes).toString(alphabet))).toEqual(bytes);
    expect(() => readKey('PEPPER', undefined)).toThrow('secret PEPPER');
  });
});

describe("the planner's mark", () => {
  it('is nothing before the first plan, then what was written last', async () => {
    const mark = createMark(ssm, '/b/planned');
    expect(await mark.read()).toBeUndefined();
    await mark.write(1_767_592_800_000);
    await mark.write(1_767_593_700_000);
    expect(await mark.read()).toBe(1_767_593_700_000);
  });

  it('is not guessed when it is no instant', async () => {
    parameters.set('/b/broken', 'yesterday');
    await expect(createMark(ssm, '/b/broken').read()).rejects.toThrow();
  });
});

describe('chance', () => {
  it('makes ids of base-36 digits, all of them, never the same', () => {
    const ids = Array.from({ length: 500 }, () => systemChance.id(16));
    expect(ids.every((id) => /^[0-9a-z]{16}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(500);
    expect(new Set(ids.join('')).size).toBe(36);
    expect(systemChance.id(0)).toBe('');
  });
});
