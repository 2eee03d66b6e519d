import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { createLog } from '../../functions/log.ts';
import { type Instant, iso } from '../../functions/model/time.ts';
import type { StartWishes } from './arguments.ts';
import { createClock, hasClock, type LocalClock } from './clock.ts';
import { createDesk } from './desk.ts';
import { hasSecrets } from './environment.ts';
import { createMailStore } from './mail-store.ts';
import { isOnline, liveNews, type News, newsOf, sampleAt, sampleNews } from './news.ts';
import { createOrigin, type Door, openDoor } from './server.ts';
import { startLocal } from './stack.ts';
import { createTicker } from './ticker.ts';
import { subscribeAt, writeTo } from './write.ts';

type OnError = (error: unknown) => void;

/** `npm start` while it runs. */
export interface Session {
  origin: string;
  /** Settles once the sources are known, the first fetch is done and the first edition is out. */
  begun: Promise<string>;
  /** Once; a second call waits for the first. */
  stop(): Promise<void>;
}

/** Where readers of local mode may write to. */
const INBOUND_DOMAIN = 'in.broadsheet.example';

/** How long the end waits for the tick that is under way. */
const LONGEST_TICK_MS = 1000;

/** Says whose a folder is. */
const MARK = '.broadsheet';

/** Only what local mode made. What tells that it did goes last, so that a reset which was cut short can be made again. */
const OURS = [
  ...['dynamo', 'queues', 'mails', 'mails.jsonl', 'clock.json', 'waiting.jsonl', 'local.log', 'secrets.json'],
  MARK,
];

/** Marks a folder as one of local mode's data. */
export const markAsOurs = (dir: string): void =>
  writeFileSync(join(dir, MARK), 'Data of npm start, which forgets it with --reset.\n');

/**
 * Forgets all data of a directory.
 * @throws an Error of one line if files of our names are in it and nothing says that they are ours
 */
export const forget = (dir: string): void => {
  const found = OURS.filter((name) => existsSync(join(dir, name)));
  // folders of earlier versions have no mark, but secrets of our form
  if (found.length > 0 && !found.includes(MARK) && !hasSecrets(dir))
    throw new Error(
      `--reset: ${dir} is no data folder of ours, though it has ${found.join(', ')}; nothing was removed`,
    );
  for (const name of OURS) rmSync(join(dir, name), { recursive: true, force: true });
};

const openPort = async (port: number | undefined): Promise<Door> => {
  const door = await openDoor(port === undefined ? Array.from({ length: 100 }, (_, n) => 8300 + n) : [port]);
  if (door) return door;
  throw new Error(port === undefined ? 'no port from 8300 to 8399 is free' : `port ${port} is taken; choose another`);
};

const openClock = (dir: string, at: Instant | undefined, newsAt: Instant | undefined): LocalClock => {
  const isNew = !hasClock(dir);
  const clock = createClock({ dir, at: at ?? newsAt });
  if (at !== undefined && !isNew && !clock.set(at))
    throw new Error(
      `--at: the clock of ${dir} is at ${iso(clock.now())} and only goes forward; --reset forgets all data`,
    );
  return clock;
};

const startStack = (wishes: StartWishes, clock: LocalClock, origin: string, allow: string[], onError: OnError) =>
  startLocal({
    dir: wishes.dir,
    mails: createMailStore(wishes.dir),
    clock,
    publicUrl: origin,
    allow,
    welcome: true,
    inbound: INBOUND_DOMAIN,
    log: createLog((line) => appendFileSync(join(wishes.dir, 'local.log'), `${line}\n`)),
    onError,
    notices: [
      { text: 'Local mode: every mail comes to the inbox of this machine', href: '/inbox' },
      { text: 'Mail to Broadsheet is written there, too', href: writeTo(subscribeAt(INBOUND_DOMAIN)) },
    ],
  });

/**
 * Starts everything on one origin. Requests are answered as soon as this resolves; the first news comes after.
 * @param complain is told what goes wrong while it runs
 * @throws an Error of one line if a wish cannot be met
 */
export const startSession = async (wishes: StartWishes, complain: OnError): Promise<Session> => {
  let stopped: Promise<void> | undefined;
  // what is cut off by the end says so, to nobody's use: the next start takes it up
  const onError: OnError = (error) => (stopped ? undefined : complain(error));
  const given = wishes.news === undefined ? undefined : await newsOf(wishes.news);
  const clock = openClock(wishes.dir, wishes.at, given?.at);
  const door = await openPort(wishes.port);
  const origin = `http://127.0.0.1:${door.port}`;
  const samples = sampleNews(origin);
  const stack = await startStack(wishes, clock, origin, [...samples.allow, ...(given?.allow ?? [])], onError);
  let news: News | undefined;
  const use = async (found: News): Promise<void> => {
    news = found;
    // a catalogue that went away takes its news along, not the digests of what came before
    await stack.use({ ...found, follow: (at) => found.follow(at).catch(onError) });
  };
  const chosen = given ?? (wishes.samples ? samples : undefined);
  if (chosen) await use(chosen);
  const ticker = createTicker({
    clock,
    tick: (at, passing) => stack.tick(at, { fetch: !(passing && news?.live) }),
    settle: stack.settle,
    onError,
  });
  const begin = async (): Promise<string> => {
    if (!chosen) await use((await isOnline()) ? liveNews() : samples);
    await ticker.now().catch(onError);
    ticker.start();
    return news?.told ?? '';
  };
  const begun = begin();
  const advance = async (to: Instant): Promise<boolean> => {
    await begun;
    return ticker.advance(to);
  };
  door.serve(
    createOrigin({
      desk: createDesk(stack, advance, () => news?.told ?? 'Looking for the internet.'),
      mails: stack.ses.mails,
      web: stack.functions.web,
      inlet: stack.inlet,
      sample: (path) => sampleAt(path, clock.now()),
      onError,
    }),
  );
  const stop = async (): Promise<void> => {
    const halted = ticker.stop();
    await door.close();
    // the tables must not close under a tick; one that fetches from far away is cut off
    await Promise.race([halted, later(LONGEST_TICK_MS, undefined, { ref: false })]);
    await stack.stop();
  };
  return {
    origin,
    begun,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
};
