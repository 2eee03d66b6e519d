import * as z from 'zod';

/** What Node says of an option without a value, or with one that looks like an option: `--port -5`. */
const NO_VALUE = /^Option '(--[\w-]+)[^']*' argument (?:is ambiguous|missing).*/;

/** What Node adds to an unknown option: how to pass a file of that name, which none of our commands takes. */
const NODES_ADVICE = /\. To specify a positional argument starting with a '-'.*/;

const messageOf = (error: unknown): string => {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => [...path, message].join(': '))[0] ?? '';
  return error instanceof Error ? error.message : String(error);
};

/** The first line of what went wrong, of data its first fault: a command tells one line, not a stack. */
export const lineOf = (error: unknown): string =>
  (messageOf(error).split('\n')[0] ?? '').replace(NODES_ADVICE, '').replace(NO_VALUE, '$1 needs a value');

/** Tells a line on stderr, after the command's name: stdout is for results. */
export const complainer =
  (command: string) =>
  (line: string): boolean =>
    process.stderr.write(`${command}: ${line}\n`);

/** @throws an Error of one line that names the argument and what it may be */
export const wholeNumber = (name: string, text: string | undefined, most: number, least = 1): number => {
  if (text === undefined) throw new Error(`--${name} is missing`);
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new Error(`--${name} ${text}: a whole number from ${least} to ${most}`);
  return value;
};

/** What a command is made of. `read` throws an Error of one line for a wrong argument; `run` says whether all is well. */
export interface Command<Wishes> {
  name: string;
  help: string;
  read: () => Wishes | 'help';
  run: (wishes: Wishes) => Promise<boolean>;
}

/** Runs a command and leaves the process: with 0 if all is well, 1 if it is not or `run` throws, 2 for wrong arguments. */
export const runCommand = async <Wishes>({ name, help, read, run }: Command<Wishes>): Promise<never> => {
  const complain = complainer(name);
  const leave = (error: unknown, code: 1 | 2): never => {
    complain(lineOf(error));
    process.exit(code);
  };
  let wishes: Wishes | 'help';
  try {
    wishes = read();
  } catch (error) {
    return leave(error, 2);
  }
  if (wishes === 'help') {
    process.stdout.write(`${help}\n`);
    process.exit(0);
  }
  try {
    process.exit((await run(wishes)) ? 0 : 1);
  } catch (error) {
    return leave(error, 1);
  }
};
