import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runHistories } from '../../test/model/run.ts';
import { runCommand, wholeNumber } from './command-line.ts';

const HELP = `npm run model -- [--histories N] [--seed N] [--path P]

Lives through histories of three workers that crash, stall and see the clock differently, of messages that come twice and late, of an SES
that loses answers and events. The functions are the shipped ones, on ports in memory. Stops at the first history that breaks a promise of
'Sending once' (design.md), shrinks it and prints it, with the seed and path that bring it back.

  --histories N   how many (default 20000; some 30 to 100 ms each)
  --seed N        which ones (default: by chance; printed)
  --no-shrink     prints the first failure as it is
  --path P        of a failure that was found before: lives through that one alone`;

const readArguments = (argv: string[]) => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: argv,
    options: {
      histories: { ...text, default: '20000' },
      seed: text,
      path: text,
      'no-shrink': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    histories: wholeNumber('histories', values.histories, 10_000_000),
    seed: values.seed === undefined ? randomInt(2 ** 31) : wholeNumber('seed', values.seed, 2 ** 31 - 1, 0),
    path: values.path,
    shrink: !values['no-shrink'],
  };
};

type Wishes = Exclude<ReturnType<typeof readArguments>, 'help'>;

const run = async (wishes: Wishes): Promise<boolean> => {
  console.log(`seed ${wishes.seed}`);
  const startedAt = performance.now();
  let lives = 0;
  const progress = (): void => {
    if (++lives % 1000 === 0)
      console.log(`${lives} histories, ${Math.round((performance.now() - startedAt) / 1000)} s`);
  };
  try {
    await runHistories({ ...wishes, progress });
    console.log(`${lives} histories kept the promise`);
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    // what was broken: fast-check's own words tell only where
    if (error instanceof Error && error.cause instanceof Error) console.error(error.cause.message);
    return false;
  }
};

/** `npm run model`: see HELP. Exit code 0 if every history kept the promise, 1 if one did not, 2 for wrong arguments. */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'model', help: HELP, read: () => readArguments(argv), run });
