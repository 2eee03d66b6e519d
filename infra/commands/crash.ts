import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CASES } from '../../test/crash/cases.ts';
import { atsOf, type Cell, cellOf, stepsOf } from '../../test/crash/matrix.ts';
import { openRig } from '../../test/crash/rig.ts';
import { makeFolder } from '../folder.ts';
import { runCommand } from './command-line.ts';

const HELP = `npm run crash -- [--case NAME] [--out DIR]

The crash matrix: a worker process that runs the shipped functions is killed (SIGKILL), or its call throws, before and after every step of
every flow, each with duplicate and reordered messages. Tables, queues and SES run in processes of their own and survive; what SES took is
counted in its own file. Prints a table, step by outcome, and writes DIR/crash.json and DIR/crash.txt.

  --case NAME   one flow only: ${CASES.map(({ name }) => name).join(', ')}
  --out DIR     where the result goes (default .local/crash)`;

const rowOf = (cells: readonly Cell[], step: string): string => {
  const outcomes = cells
    .filter((cell) => cell.step === step)
    .map(
      ({ fault, order, kept, outcome }) =>
        `    ${`${fault}, ${order}`.padEnd(26)}${kept ? 'kept  ' : 'BROKEN'}  ${outcome}`,
    );
  return [`  ${step}`, ...outcomes].join('\n');
};

/** The cells of one flow, as people read them. */
const tableOf = (name: string, cells: readonly Cell[]): string =>
  [name, ...[...new Set(cells.map(({ step }) => step))].map((step) => rowOf(cells, step))].join('\n');

const summaryOf = (cells: readonly Cell[]): string => {
  const broken = cells.filter(({ kept }) => !kept).length;
  return `${cells.length} cells, ${cells.length - broken} as design.md promises, ${broken} broken`;
};

const readArguments = (argv: string[]) => {
  const { values } = parseArgs({
    args: argv,
    options: {
      case: { type: 'string' },
      out: { type: 'string', default: join('.local', 'crash') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const cases = CASES.filter(({ name }) => values.case === undefined || name === values.case);
  if (cases.length === 0) throw new Error(`--case ${values.case}: there is no such flow (--help lists them)`);
  return { cases, out: values.out };
};

type Wishes = Exclude<ReturnType<typeof readArguments>, 'help'>;

const run = async ({ cases, out }: Wishes): Promise<boolean> => {
  const cells: Cell[] = [];
  const rig = await openRig();
  try {
    for (const of of cases) {
      const mine: Cell[] = [];
      for (const at of atsOf(of, await stepsOf(rig, of))) mine.push(await cellOf(rig, of, at));
      cells.push(...mine);
      console.log(tableOf(of.name, mine));
    }
  } finally {
    await rig.close();
  }
  console.log(summaryOf(cells));
  makeFolder(out);
  writeFileSync(join(out, 'crash.json'), `${JSON.stringify(cells, null, 1)}\n`);
  const tables = cases.map(({ name }) =>
    tableOf(
      name,
      cells.filter((cell) => cell.case === name),
    ),
  );
  writeFileSync(join(out, 'crash.txt'), `${[...tables, summaryOf(cells)].join('\n')}\n`);
  return cells.every(({ kept }) => kept);
};

/** `npm run crash`: see HELP. Exit code 1 if a cell is broken, 2 for wrong arguments. */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'crash', help: HELP, read: () => readArguments(argv), run });
