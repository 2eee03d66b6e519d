import { readFileSync } from 'node:fs';
import { HOUR, type Instant, MINUTE } from '../../functions/model/time.ts';
import { type Topic, topic } from '../../functions/model/topic.ts';
import { SAMPLE_SOURCES } from './sources.ts';

/** One headline of the seven-day cycle. */
export interface SampleStory {
  source: string;
  title: string;
  summary: string;
  topic: Topic;
  /** Milliseconds after midnight UTC of its day. */
  offset: Instant;
  /** File name of its picture. */
  picture?: string;
  /** Place of its event in the day: stories of one event share it. */
  event: number;
}

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const sourceOfNickname = new Map(SAMPLE_SOURCES.map(({ nickname, id }) => [nickname, id]));

const HEAD = /^@ (\d\d):(\d\d) (\w+)(?: (\d))?$/;
const TELLING = /^(\w+): (.+?) \| (.+)$/;

/**
 * Reads a day file. Blocks are divided by empty lines: `@ HH:MM topic [picture]`, the hour at which the first outlet has
 * the event, then a line `nickname: headline | summary` for each outlet. The others follow one after another.
 */
export const readDay = (text: string): SampleStory[] =>
  text
    .trim()
    .split(/\n\n+/)
    .flatMap((block, event) => {
      const [head = '', ...lines] = block.split('\n');
      const [, hour, minute, section, picture] = HEAD.exec(head) ?? [];
      const begins = Number(hour) * HOUR + Number(minute) * MINUTE;
      if (!hour) throw new Error(`sample event ${event + 1} begins with "${head}"`);
      return lines.map((line, place) => ({
        ...readTelling(line),
        topic: topic.parse(section),
        offset: begins + place * 23 * MINUTE + (line.length % 9) * MINUTE * Math.sign(place),
        ...(picture && { picture: `${picture}.png` }),
        event,
      }));
    });

const readTelling = (line: string): Pick<SampleStory, 'source' | 'title' | 'summary'> => {
  const [, nickname = '', title, summary] = TELLING.exec(line) ?? [];
  const source = sourceOfNickname.get(nickname);
  if (!source || !title || !summary) throw new Error(`sample story "${line.slice(0, 60)}" has no known form`);
  return { source, title, summary };
};

/** The seven days, Monday first, each in the order of its file. */
export const CYCLE: readonly SampleStory[][] = DAYS.map((name) =>
  readDay(readFileSync(new URL(`./days/${name}.txt`, import.meta.url), 'utf8')),
);
