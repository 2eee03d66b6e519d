import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../infra/catalogue/index.ts';
import { settingOf } from '../../infra/commands/broadsheet.ts';
import { readCommand } from '../../infra/operator/arguments.ts';
import { QUEUES } from '../../infra/queues.ts';
import { readSettings } from '../../infra/settings.ts';
import { synth } from './synth.ts';

/** What README tells an operator to do, against the template and the commands: a name that changes on one side only is a step that fails. */

const readme = readFileSync('README.md', 'utf8');
const deploy = /^## Deploy$[\s\S]*?(?=^## )/m.exec(readme)?.[0] ?? '';
const template = synth();

describe('README, on deploying', () => {
  it('names what the deployment prints', () => {
    const printed = Object.keys(template.findOutputs('*'));
    for (const name of ['SignUpPage', 'NewsTable', 'CensusFunction']) {
      expect(deploy).toContain(`\`${name}\``);
      expect(printed).toContain(name);
    }
  });

  it('makes the secrets that the functions read, and that they take', () => {
    const [, names = '', stage] = /for name in ([\w -]+); do\n.*--name \/broadsheet\/(\w+)\/\$name/.exec(deploy) ?? [];
    const asked = JSON.stringify(template.findResources('AWS::Lambda::Function'));
    const read = new Set([...asked.matchAll(/"\/broadsheet\/prod\/(link-key|pepper)"/g)].map(([, name]) => name));
    expect([new Set(names.split(' ')), stage]).toEqual([read, 'prod']);
    expect(deploy).toContain('openssl rand -hex 32');
  });

  it('leads to a page on changing the key, which names the parameter that functions read, and how many do', () => {
    expect(deploy).toContain('(docs/link-key.md)');
    const page = readFileSync('docs/link-key.md', 'utf8');
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    const names = functions.flatMap(({ Properties }) => Properties.Environment?.Variables.LINK_KEY_PARAMETER ?? []);
    expect(names).toHaveLength(4);
    expect(page).toContain('the names of four functions');
    for (const name of names) expect(page).toContain(`\nname=${name}\n`);
  });

  it('counts the sources that come with the newsroom', () => {
    expect(deploy).toContain(`${catalogue.length} sources`);
  });

  it('has commands that there are', () => {
    const commands = [...deploy.matchAll(/npx broadsheet ([^`\n]+)/g)].map(([, words = '']) => words);
    expect(commands.length).toBeGreaterThan(3);
    for (const words of commands) {
      const filled = words.replace('ADDRESS', 'you@example.com').replace('ISO', '2026-01-05T06:00:00Z');
      expect(readCommand(filled.trim().split(/\s+/)).kind).toBe('command');
    }
  });

  it('takes the operator’s settings from a function that has the address of every queue and mark they ask for', () => {
    const [{ Value } = { Value: {} }] = Object.values(template.findOutputs('CensusFunction'));
    const { Environment } = template.findResources('AWS::Lambda::Function')[Value.Ref]?.Properties ?? {};
    expect(Object.keys(Environment.Variables)).toEqual(
      expect.arrayContaining([...Object.keys(QUEUES).map(settingOf), 'PEPPER_PARAMETER', 'MARK_PARAMETER']),
    );
  });

  it('names settings of cdk.json that there are', () => {
    const given = JSON.parse(readFileSync('cdk.json', 'utf8')).context.broadsheet;
    const { brand } = readSettings({
      ...given,
      alarmsTo: 'you@your.domain',
      sandbox: false,
      publicUrl: 'https://a.example',
    });
    for (const [, name = ''] of deploy.matchAll(/`brand\.(\w+)`/g))
      expect(Object.keys({ accent: 1, logo: 1, ...brand })).toContain(name);
    for (const name of ['alarmsTo', 'sandbox', 'publicUrl']) expect(deploy).toContain(name);
  });
});
