import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Instant } from '../../functions/model/time.ts';
import { instantTyped } from '../instant.ts';

/** What `npm start` was asked for. */
export interface StartWishes {
  port: number | undefined;
  dir: string;
  news: string | undefined;
  samples: boolean;
  at: Instant | undefined;
  reset: boolean;
}

export const START_HELP = `npm start -- [--port N] [--data DIR] [--news URL | --samples] [--at ISO] [--reset]

Runs the whole service on this machine, on 127.0.0.1 only: sign-up page, inbox, operator page. Nothing leaves it but
requests for feeds. Ends with Ctrl-C, losing nothing.

  --port N     the port; without it 8300, or the next that is free
  --data DIR   where data is kept, default .local
  --news URL   a catalogue of sources: feeds.json or OPML; without it the default catalogue, or samples without internet
  --samples    invented sources, served from here
  --at ISO     where the clock stands, for example 2026-01-05T06:00:00Z; it only goes forward. Without it: the clock of
               the last start, of the catalogue if it has one, or of this machine
  --reset      forget all data of DIR first

For programs: GET /inbox.json, GET and POST /_clock?at=ISO, GET and POST /_ses?mode=MODE, and POST /_mail, which takes a mail
to subscribe@in.broadsheet.example or a List-Unsubscribe address as SES would; GET /_mail says how.`;

/** @throws an Error of one line that names the wrong argument */
export const instantArgument = (name: string, text: string | undefined): Instant | undefined => {
  const at = text === undefined ? undefined : instantTyped(text);
  if (text !== undefined && at === undefined)
    throw new Error(`--${name} ${text}: no instant from 1900 to 2099; an example is 2026-01-05T06:00:00Z`);
  return at;
};

/**
 * The address of a catalogue.
 * @throws an Error of one line that says what is wanted
 */
export const newsArgument = (text: string): string => {
  if (/^https?:/i.test(text) && URL.canParse(text)) return text;
  throw new Error(`--news ${text}: no address of a catalogue; it begins with http:// or https://`);
};

const portArgument = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`--port ${text}: a port is a number up to 65535`);
  return port;
};

/** @throws an Error of one line that names the wrong argument */
export const readStartArguments = (argv: string[]): StartWishes | 'help' => {
  const { values } = parseArgs({
    args: argv,
    options: {
      port: { type: 'string' },
      data: { type: 'string', default: '.local' },
      news: { type: 'string' },
      samples: { type: 'boolean', default: false },
      at: { type: 'string' },
      reset: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const { news, samples, reset, data } = values;
  if (news !== undefined && samples) throw new Error('--news and --samples exclude each other');
  return {
    port: portArgument(values.port),
    dir: resolve(data),
    news: news === undefined ? undefined : newsArgument(news),
    samples,
    at: instantArgument('at', values.at),
    reset,
  };
};
