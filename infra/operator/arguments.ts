import { parseArgs } from 'node:util';
import * as z from 'zod';
import { parseDeliveryId } from '../../functions/model/delivery.ts';
import { pick } from '../../functions/model/shelf.ts';
import type { Instant } from '../../functions/model/time.ts';
import { readAddress } from '../../functions/subscribers/address.ts';
import { instantArgument } from '../local/arguments.ts';
import { QUEUE_NAMES, type QueueName } from '../queues.ts';
import type { Command } from './commands.ts';

export const HELP = `npx broadsheet COMMAND [--json]

The operator's commands. They run with your own AWS credentials and the settings of the stack's CensusFunction: those of
--settings FILE, as the AWS CLI prints them, or those of the environment. They show ids only: no address, no title, no link.

  census                         count all subscribers; register what planning lost, retire what nobody uses
  reconcile --from ISO --to ISO  compare who was due in [from, to) with what was sent, skipped or failed; digests that
                                 are missing are queued if less than 24 hours late, and else skipped
  resume --from ISO              after tables were restored: plan again what is due from then on, and nothing before
  replay --delivery ID           choose a digest of the last 14 days again and compare it with what was mailed; with
         [--wishes JSON]         --wishes '{"maxStories": 5}' show what other wishes would have changed; mails nothing
  pick --url URL --note TEXT     recommend a story, by its address in a digest: for a day, or with --until ISO for longer, it
                                 keeps a place in the digests of its language, with your note of at most 200 characters
  picks                          the picks that are not over
  unsuppress ADDRESS             let mail go to an address again that bounced or was reported as spam: takes our mark and SES's own
                                 away. Subscribes nobody; reads the pepper, and needs ses:DeleteSuppressedDestination
  brake                          whether digests are held back, and why; exit code 1 while they are
  brake release                  let them go again; only mails of the six-hour windows that begin afterwards are judged anew
  brake pull                     hold them back; letters go out all the same
  dead-letters list --queue Q    messages that failed too often; Q is one of ${QUEUE_NAMES.join(', ')}
  dead-letters redrive --queue Q send them back to their queue; what was done already is not done twice

  --json           print the answer as one JSON object
  --settings FILE  aws lambda get-function-configuration --function-name NAME --query Environment.Variables > FILE
Exit code 0; 1 if it failed or something is left open; 2 for wrong arguments.`;

export type Asked =
  | { kind: 'help' }
  | { kind: 'command'; command: Command; json: boolean; settings: string | undefined };

interface Values {
  from?: string | undefined;
  to?: string | undefined;
  queue?: string | undefined;
  delivery?: string | undefined;
  wishes?: string | undefined;
  url?: string | undefined;
  note?: string | undefined;
  until?: string | undefined;
}

const instantOf = (name: string, text: string | undefined): Instant => {
  const at = instantArgument(name, text);
  if (at === undefined) throw new Error(`--${name} is missing`);
  return at;
};

const queueOf = (text: string | undefined): QueueName => {
  const queue = QUEUE_NAMES.find((name) => name === text);
  if (!queue)
    throw new Error(text === undefined ? '--queue is missing' : `--queue ${text}: one of ${QUEUE_NAMES.join(', ')}`);
  return queue;
};

const spanOf = ({ from, to }: Values): { from: Instant; to: Instant } => {
  const span = { from: instantOf('from', from), to: instantOf('to', to) };
  if (span.to <= span.from) throw new Error('--to lies after --from');
  return span;
};

const wishesSchema = z.record(z.string(), z.unknown());

const wishesOf = (text: string | undefined): Record<string, unknown> | undefined => {
  if (text === undefined) return undefined;
  try {
    return wishesSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`--wishes ${text}: no JSON object; an example is '{"topics": ["science"]}'`);
  }
};

const replayOf = ({ delivery, wishes }: Values): Extract<Command, { name: 'replay' }> => {
  if (delivery === undefined) throw new Error('--delivery is missing');
  const named = parseDeliveryId(delivery);
  if (!named) throw new Error(`--delivery ${delivery}: no delivery id; logs and tags of mails have them`);
  return { name: 'replay', ...named, wishes: wishesOf(wishes) };
};

const pickOf = ({ url, note, until }: Values): Extract<Command, { name: 'pick' }> => {
  if (url === undefined) throw new Error('--url is missing: the address of a story, as a digest has it');
  if (!/^https?:/.test(url) || !URL.canParse(url))
    throw new Error(`--url ${url}: no address of a story; copy it from a digest`);
  const said = pick.shape.note.min(1).safeParse(note?.trim() ?? '');
  if (!said.success) throw new Error('--note is missing or too long: why you recommend it, in at most 200 characters');
  return { name: 'pick', url, note: said.data, until: instantArgument('until', until) };
};

/** @throws if it is not one address; shells hide spaces round it, so more words are a mistake */
const unsuppressOf = (words: readonly string[]): Extract<Command, { name: 'unsuppress' }> => {
  const [address = '', ...more] = words;
  // marks stand on whatever was once mailed
  const read = readAddress(address, { allowReserved: true });
  if (!read.ok || more.length > 0)
    throw new Error(`${['unsuppress', ...words].join(' ')}: one address is wanted, such as you@example.com`);
  return { name: 'unsuppress', address: read.address, addressKey: read.key };
};

/** What each command takes; anything else is a mistake that is told, not passed over. */
const TAKES: Record<Command['name'], readonly (keyof Values)[]> = {
  census: [],
  reconcile: ['from', 'to'],
  resume: ['from'],
  replay: ['delivery', 'wishes'],
  pick: ['url', 'note', 'until'],
  picks: [],
  unsuppress: [],
  brake: [],
  'brake pull': [],
  'brake release': [],
  'dead-letters list': ['queue'],
  'dead-letters redrive': ['queue'],
};

/** What to say of words that are no command: those of a command half said, or with too much after it, are led to it. */
const unknownCommand = (name: string): string => {
  if (name === '') return 'a command is missing; --help lists them';
  const [first = ''] = name.split(' ');
  const near = Object.keys(TAKES).filter((each) => each === first || each.startsWith(`${first} `));
  return near.length > 0
    ? `${name}: no such command; there is ${near.map((each) => `'${each}'`).join(', ')}`
    : `${name}: no such command; --help lists them`;
};

const commandOf = (words: readonly string[], values: Values): Command => {
  if (words[0] === 'unsuppress') return unsuppressOf(words.slice(1));
  const name = words.join(' ');
  switch (name) {
    case 'census':
    case 'picks':
    case 'brake':
    case 'brake pull':
    case 'brake release':
      return { name };
    case 'reconcile':
      return { name, ...spanOf(values) };
    case 'resume':
      return { name, from: instantOf('from', values.from) };
    case 'replay':
      return replayOf(values);
    case 'pick':
      return pickOf(values);
    case 'dead-letters list':
    case 'dead-letters redrive':
      return { name, queue: queueOf(values.queue) };
    default:
      throw new Error(unknownCommand(name));
  }
};

/** @throws an Error of one line that names the wrong argument */
export const readCommand = (argv: string[]): Asked => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      from: text,
      to: text,
      queue: text,
      delivery: text,
      wishes: text,
      url: text,
      note: text,
      until: text,
      settings: text,
      json: flag,
      help: flag,
    },
  });
  if (values.help) return { kind: 'help' };
  const { json, settings, help: _, ...rest } = values;
  const command = commandOf(positionals, rest);
  const given = Object.keys(rest).find((name) => !TAKES[command.name].some((taken) => taken === name));
  if (given) throw new Error(`${command.name} takes no --${given}`);
  return { kind: 'command', command, json, settings };
};
