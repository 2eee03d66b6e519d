import { readStartArguments, START_HELP, type StartWishes } from '../local/arguments.ts';
import { takeLock } from '../local/lock.ts';
import { forget, type Session, startSession } from '../local/session.ts';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const refuse = (line: string): boolean => process.stderr.write(`broadsheet: ${line}\n`);
const complain = (error: unknown): void => {
  process.stderr.write(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
};

const lineOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

/** What is not done within this time of a signal is taken up by the next start: every queue and table is on disk. */
const LONGEST_STOP_MS = 2500;

const stopOnSignal = (session: Session, release: () => void): void => {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    const end = (): void => {
      release();
      process.exit(0);
    };
    setTimeout(end, LONGEST_STOP_MS).unref();
    session.stop().then(end, end);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

const greet = ({ origin }: Session): void => {
  say(`Sign-up page  ${origin}/`);
  say(`Inbox         ${origin}/inbox`);
  say(`Operator page ${origin}/operator`);
  say(`ready ${origin}/`);
};

const run = async (wishes: StartWishes, release: () => void): Promise<void> => {
  if (wishes.reset) forget(wishes.dir);
  const session = await startSession(wishes, complain);
  stopOnSignal(session, release);
  greet(session);
  session.begun.then((told) => say(`News: ${told}`), complain);
};

const parse = (argv: string[]): StartWishes | 'help' | 'wrong' => {
  try {
    return readStartArguments(argv);
  } catch (error) {
    refuse(lineOf(error));
    return 'wrong';
  }
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
  const lock = takeLock(wishes.dir);
  if (lock.kind === 'busy') {
    refuse(`process ${lock.pid} already runs on ${wishes.dir}; choose another with --data`);
    process.exit(1);
  }
  try {
    await run(wishes, lock.release);
  } catch (error) {
    lock.release();
    refuse(lineOf(error));
    process.exit(1);
  }
}
