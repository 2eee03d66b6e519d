import { readFileSync } from 'node:fs';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { createEditionCache } from '../../functions/digest/edition-cache.ts';
import { createLog } from '../../functions/log.ts';
import { type Asked, HELP, readCommand } from '../operator/arguments.ts';
import { type OperatorPorts, obey } from '../operator/commands.ts';
import { createDeadLetters } from '../operator/dead-letters.ts';
import { createSesList } from '../operator/ses-list.ts';
import { lineOf } from './command-line.ts';

/** Where words go: a terminal, or a test. */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
}

const asked = (argv: string[], terminal: Terminal): Asked | undefined => {
  try {
    return readCommand(argv);
  } catch (error) {
    terminal.err(`broadsheet: ${lineOf(error)}`);
    return undefined;
  }
};

/** What the SDK says on a machine that was not told of an account, and what to do about it. */
const ADVICE: Record<string, string> = {
  'Region is missing': 'set AWS_REGION to that of the stack, or a region in ~/.aws/config',
  'Could not load credentials from any providers': 'log in as for the AWS CLI, or set AWS_PROFILE',
};

const withAdvice = (line: string): string => [line, ADVICE[line]].filter(Boolean).join(': ');

/** Runs one command line; ports are opened only for a command that can be read. Answers the exit code. */
export const runBroadsheet = async (
  argv: string[],
  open: (settings: string | undefined) => Promise<OperatorPorts>,
  terminal: Terminal,
): Promise<0 | 1 | 2> => {
  const wish = asked(argv, terminal);
  if (!wish) return 2;
  if (wish.kind === 'help') {
    terminal.out(HELP);
    return 0;
  }
  try {
    const { ok, lines, json } = await obey(await open(wish.settings), wish.command);
    terminal.out(wish.json ? JSON.stringify(json) : lines.join('\n'));
    return ok ? 0 : 1;
  } catch (error) {
    terminal.err(`broadsheet: ${withAdvice(lineOf(error))}`);
    return 1;
  }
};

/** The setting that holds the address of a queue. */
export const settingOf = (queue: string): string => `QUEUE_${queue.toUpperCase()}`;

const queueUrl = (queue: string): string => {
  const name = settingOf(queue);
  const url = process.env[name];
  if (!url) throw new Error(`${name} is not set: the address of the queue '${queue}'`);
  return url;
};

/**
 * Puts the settings of a file into the environment, but for those of Node, which a function alone has use for.
 * @throws an Error of one line if it is not what the AWS CLI prints
 */
export const takeSettings = (file: string, environment: NodeJS.ProcessEnv): void => {
  let settings: Record<string, string>;
  try {
    settings = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Error(`--settings ${file}: no JSON object of settings; --help has the command that makes it`);
  }
  const { NODE_OPTIONS: _, ...rest } = settings;
  Object.assign(environment, rest);
};

const openPorts = async (settings: string | undefined): Promise<OperatorPorts> => {
  if (settings !== undefined) takeSettings(settings, process.env);
  else if (!process.env.TABLE_CONTROL)
    throw new Error('no settings of a stack: give --settings FILE; --help has the command that makes it');
  const { wireCensus, wireMarks } = await import('../../functions/wiring.ts');
  const { ENDPOINT_SQS, ENDPOINT_SES } = process.env;
  const sqs = new SQSClient(ENDPOINT_SQS ? { endpoint: ENDPOINT_SQS } : {});
  // stdout is the answer's alone
  const log = createLog((line) => process.stderr.write(`${line}\n`), 'warn');
  const ports = await wireCensus();
  return {
    ...ports,
    log,
    news: createEditionCache(ports),
    deadLetters: createDeadLetters(sqs, queueUrl),
    openMarks: wireMarks,
    sesList: createSesList(new SESClient({}), ENDPOINT_SES),
  };
};

/** `npx broadsheet`: the operator's commands. */
export async function main(argv: string[]): Promise<void> {
  process.exitCode = await runBroadsheet(argv, openPorts, {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  });
}
