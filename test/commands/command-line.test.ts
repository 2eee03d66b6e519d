import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { wholeNumber } from '../../infra/commands/command-line.ts';
import { instantTyped } from '../../infra/instant.ts';

const run = (...args: string[]) =>
  spawnSync(process.execPath, ['infra/run.mjs', ...args], { encoding: 'utf8', timeout: 300_000 });

const COMMANDS = [
  'day',
  'soak',
  'scale',
  'rate',
  'cost',
  'model',
  'mutants',
  'crash',
  'people',
  'sources',
  'bench',
  'pictures',
  'pick',
  'train',
  'conformance',
];

describe('npm run', () => {
  it.each(COMMANDS)('%s tells its use and ends with 0', (name) => {
    const { status, stdout, stderr } = run(name, '--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`npm run ${name} -- `);
  });

  it.each([...COMMANDS, 'templates'])('%s refuses an argument that it does not know, in one line, with 2', (name) => {
    const { status, stdout, stderr } = run(name, '--no-such-thing');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^${name}: .*--no-such-thing.*\n$`));
  });

  it('scale names the bounds of each number', () => {
    expect(run('scale', '--subscribers', '5', '--from', '24').stderr).toBe(
      'scale: --from 24: a whole number from 0 to 23\n',
    );
    expect(run('scale').stderr).toBe('scale: --subscribers is missing\n');
  });

  it.each([
    [['conformance'], "--kit is missing: the kit's folder"],
    [['conformance', '--kit', '/nowhere'], '--kit /nowhere: holds no kit'],
    [
      ['train', '--leave-out', 'bbc', '--leave-out', 'bcc'],
      '--leave-out bcc: one of agnews bbc huffpost feeds2026 wcep',
    ],
    [['pick', '--stories', 'a.jsonl'], '--out is missing: the folder to write to'],
    [['cost', '--subscribers'], '--subscribers needs a value'],
    [['cost', '--subscribers', '-1'], '--subscribers needs a value'],
    [
      ['day', '--news', 'feeds.json', '--from', '2026-01-05', '--to', '2026-01-06'],
      '--news feeds.json: no address of a catalogue; it begins with http:// or https://',
    ],
    [
      ['day', '--news', 'http://127.0.0.1:9/', '--from', '9999-01-05'],
      '--from 9999-01-05: no instant from 1900 to 2099; an example is 2026-01-05T06:00:00Z',
    ],
  ])('%j is refused with what is to be done', ([name = '', ...args], line) => {
    expect(run(name, ...args)).toMatchObject({ status: 2, stdout: '', stderr: `${name}: ${line}\n` });
  });
});

// Fails if: a wrong setting is thrown out of synth.ts, then ten lines of stack bury it
it('synth tells wrong settings in one line, with 1', () => {
  const { status, stderr } = spawnSync(process.execPath, ['infra/run.mjs', 'synth'], {
    encoding: 'utf8',
    env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ broadsheet: { stage: 'X' } }) },
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^synth: cdk\.json, context\.broadsheet: stage is "X": .*; brand is missing: [^\n]*\n$/);
});

// Fails if: the least is taken to be 1 (then `npm run scale` refuses its own `--from 0`) · most is not looked at · signs are read
describe('a whole number', () => {
  it('lies between its bounds, both in it', () => {
    expect(wholeNumber('from', '0', 23, 0)).toBe(0);
    expect(wholeNumber('from', '23', 23, 0)).toBe(23);
    expect(wholeNumber('days', '1', 365)).toBe(1);
  });

  it.each(['0', '366', '-1', '+3', '1.5', '1e2', '', 'many'])('is not %j where 1 to 365 are asked', (text) => {
    expect(() => wholeNumber('days', text, 365)).toThrow(`--days ${text}: a whole number from 1 to 365`);
  });
});

describe('an instant that is typed', () => {
  it.each([
    ['2026-01-05T06:00:00Z', '2026-01-05T06:00:00.000Z'],
    ['2026-01-05T06:00:00', '2026-01-05T06:00:00.000Z'],
    ['2026-01-05 06:00', '2026-01-05T06:00:00.000Z'],
    ['2026-01-05', '2026-01-05T00:00:00.000Z'],
    ['2026-01-05T06:00:00+05:45', '2026-01-05T00:15:00.000Z'],
  ])('%s is UTC unless it says otherwise', (text, at) => {
    const [zone] = [process.env.TZ];
    process.env.TZ = 'Asia/Kathmandu';
    expect(new Date(instantTyped(text) ?? Number.NaN).toISOString()).toBe(at);
    process.env.TZ = zone;
    if (zone === undefined) delete process.env.TZ;
  });

  it.each(['1', '5 January 2026', '2026-13-01', ''])('%s is none', (text) => {
    expect(instantTyped(text)).toBeUndefined();
  });
});
