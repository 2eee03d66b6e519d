import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runHistories } from '../../test/model/run.ts';

const HELP = `npm run model -- [--histories N] [--seed N] [--path P]

Lives through histories of three workers that crash, stall and see the clock differently, of messages that come twice and late, of an SES
that loses answers and events. The functions are the shipped ones, on ports in memory. Stops at the first history that breaks a promise of
'Sending once' (design.md), shrinks it and prints it, with the seed and path that bring it back.

  --histories N   how many (default 20000; some 30 to 100 ms each)
  --seed N        which ones (default: by chance; printed)
  --no-shrink     prints the first failure as it is
  --path P        of a failure that was found before: lives through that one alone`;

const count = (name: string, text: string | undefined, otherwise: number): number => {
  const n = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(n)) throw new Error(`--${name} is a whole number`);
  return n;
};

const readArguments = (argv: string[]) => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: argv,
    options: {
      histories: text,
      seed: text,
      path: text,
      'no-shrink': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const histories = count('histories', values.histories, 20_000);
  if (histories < 1) throw new Error('--histories is at least 1');
  return { ...values, histories, seed: count('seed', values.seed, randomInt(2 ** 31)) };
};

/** `npm run model`: see HELP. Exit code 0 if every history kept the promise, 1 if one did not, 2 for wrong arguments. */
export const main = async (argv: string[]): Promise<void> => {
  let wishes: ReturnType<typeof readArguments>;
  try {
    wishes = readArguments(argv);
  } catch (error) {
    console.error(`model: ${error instanceof Error ? error.message : error} (--help tells the use)`);
    process.exitCode = 2;
    return;
  }
  if (wishes.help) return console.log(HELP);
  const { histories, seed, path } = wishes;
  console.log(`seed ${seed}`);
  const startedAt = performance.now();
  let lives = 0;
  const progress = (): void => {
    if (++lives % 1000 === 0)
      console.log(`${lives} histories, ${Math.round((performance.now() - startedAt) / 1000)} s`);
  };
  try {
    await runHistories({ histories, seed, path, progress, shrink: !wishes['no-shrink'] });
    console.log(`${lives} histories kept the promise`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    // what was broken: fast-check's own words tell only where
    if (error instanceof Error && error.cause instanceof Error) console.error(error.cause.message);
    process.exitCode = 1;
  }
};
