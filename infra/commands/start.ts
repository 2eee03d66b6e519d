import { readStartArguments, START_HELP, type StartWishes } from '../local/arguments.ts';
import { type LockOutcome, takeLock } from '../local/lock.ts';
import { forget, markAsOurs, type Session, startSession } from '../local/session.ts';
import { lineOf } from './command-line.ts';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const refuse = (line: string): boolean => process.stderr.write(`broadsheet: ${line}\n`);
const complain = (error: unknown): void => {
  process.stderr.write(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
};

/** What is not done within this time of a signal is taken up by the next start: every queue and table is on disk. */
const LONGEST_STOP_MS = 2500;

/** What a signal ends: given piece by piece, as it comes to be. */
interface Started {
  release?: () => void;
  session?: Session;
}

/** Listens before there is anything to end: a signal that comes as soon as the lock is seen must not leave it. */
const stopOnSignal = (): Started => {
  const started: Started = {};
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    const end = (): void => {
      started.release?.();
      process.exit(0);
    };
    // the tables' emulator throws where nobody can catch it if they close under a tick that is not done
    process.on('uncaughtException', () => undefined);
    setTimeout(end, LONGEST_STOP_MS).unref();
    if (started.session) started.session.stop().then(end, end);
    else end();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return started;
};

const greet = ({ origin }: Session): void => {
  say(`Sign-up page  ${origin}/`);
  say(`Inbox         ${origin}/inbox`);
  say(`Operator page ${origin}/operator`);
  say(`ready ${origin}/`);
};

const parse = (argv: string[]): StartWishes | 'help' | 'wrong' => {
  try {
    return readStartArguments(argv);
  } catch (error) {
    refuse(lineOf(error));
    return 'wrong';
  }
};

/** @throws an Error of one line if another process has the folder, or nothing can be written to it */
const lockOf = (dir: string): (() => void) => {
  let lock: LockOutcome;
  try {
    lock = takeLock(dir);
  } catch (error) {
    throw new Error(`${dir} is no folder to keep data in (${lineOf(error)}); choose another with --data`);
  }
  if (lock.kind === 'taken') return lock.release;
  throw new Error(`process ${lock.pid} already runs on ${dir}; choose another with --data`);
};

const run = async (wishes: StartWishes, started: Started): Promise<void> => {
  started.release = lockOf(wishes.dir);
  if (wishes.reset) forget(wishes.dir);
  markAsOurs(wishes.dir);
  started.session = await startSession(wishes, complain);
  greet(started.session);
  started.session.begun.then((told) => say(`News: ${told}`), complain);
};

/** `npm start`: the whole service on this machine, until a signal ends it. */
export async function main(argv: string[]): Promise<void> {
  const wishes = parse(argv);
  if (wishes === 'wrong') {
    process.exitCode = 2;
    return;
  }
  if (wishes === 'help') {
    say(START_HELP);
    return;
  }
  const started = stopOnSignal();
  try {
    await run(wishes, started);
  } catch (error) {
    started.release?.();
    refuse(lineOf(error));
    process.exit(1);
  }
}
