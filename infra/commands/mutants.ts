import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MUTANTS, type Mutant } from '../mutants/mutants.ts';
import { runCommand, wholeNumber } from './command-line.ts';

const HELP = `npm run mutants -- [--histories N] [--seed N] [--only WORDS]

Puts faults into a copy of the code, one at a time, and shows that the model test, the contract suite of the
tables or the tests of sending find each.

  --histories N   how long the model may look for a fault (default 4000)
  --seed N        which histories (default 1)
  --only WORDS    those whose name holds the words`;

const vitest = (...files: string[]): string[] => [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config',
  'test/vitest.config.ts',
  ...files,
];

const CHECKS: Record<Mutant['check'], (histories: string, seed: string) => string[]> = {
  model: (histories, seed) => ['infra/run.mjs', 'model', '--histories', histories, '--seed', seed, '--no-shrink'],
  contract: () =>
    vitest(
      'test/contract/newsroom-stores.test.ts',
      'test/contract/subscriber-stores.test.ts',
      'test/contract/cohort-stores.test.ts',
      'test/contract/digest-stores.test.ts',
      'test/contract/twins.test.ts',
    ),
  sending: () => vitest('test/digest/deliver.test.ts', 'test/digest/plan.test.ts', 'test/digest/settle.test.ts'),
};

const run = (dir: string, args: string[]): Promise<{ code: number; output: string }> =>
  new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.on('exit', (code) => done({ code: code ?? 1, output }));
  });

const copyOf = (root: string): string => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-mutants-'));
  for (const name of ['functions', 'infra', 'templates', 'test', 'package.json', 'tsconfig.json'])
    cpSync(join(root, name), join(dir, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'));
  return dir;
};

/** A mutant that cannot be put in, or that breaks something else, proves nothing. */
const mutate = (source: string, { name, find, put }: Mutant): string => {
  const parts = source.split(find);
  if (parts.length !== 2) throw new Error(`${name}: its text stands ${parts.length - 1} times in the file, not once`);
  return parts.join(put);
};

/** The words by which a check says that it found something: a crash of the mutant's own syntax does not count. */
const FOUND: Record<Mutant['check'], RegExp> = {
  model: /Counterexample:/,
  contract: /AssertionError|Property failed/,
  sending: /AssertionError/,
};

const isFound = async (dir: string, mutant: Mutant, histories: string, seed: string): Promise<boolean> => {
  const path = join(dir, mutant.file);
  const source = readFileSync(path, 'utf8');
  writeFileSync(path, mutate(source, mutant));
  try {
    const { code, output } = await run(dir, CHECKS[mutant.check](histories, seed));
    return code !== 0 && FOUND[mutant.check].test(output);
  } finally {
    writeFileSync(path, source);
  }
};

const readArguments = (argv: string[]) => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: argv,
    options: {
      histories: { ...text, default: '4000' },
      seed: { ...text, default: '1' },
      only: { ...text, default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  wholeNumber('histories', values.histories, 10_000_000);
  wholeNumber('seed', values.seed, 2 ** 31 - 1, 0);
  const mutants = MUTANTS.filter(({ name }) => name.includes(values.only));
  if (mutants.length === 0) throw new Error(`--only ${values.only}: no fault is named so`);
  return { histories: values.histories, seed: values.seed, mutants };
};

type Wishes = Exclude<ReturnType<typeof readArguments>, 'help'>;

const findAll = async ({ histories, seed, mutants }: Wishes): Promise<boolean> => {
  const dir = copyOf(resolve('.'));
  let living = 0;
  try {
    for (const mutant of mutants) {
      const found = await isFound(dir, mutant, histories, seed);
      if (!found) living++;
      console.log(`${found ? 'found' : 'LIVES'}  ${mutant.check.padEnd(8)}  ${mutant.name}`);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return living === 0;
};

/** `npm run mutants`: see HELP. Exit code 1 if a mutant lives, 2 for wrong arguments. */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'mutants', help: HELP, read: () => readArguments(argv), run: findAll });
