import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { TOPICS } from '../../functions/model/topic.ts';
import { type TopicWords, topicWords } from '../../functions/newsroom/classify.ts';
import { wordsOf } from '../../functions/newsroom/text.ts';

/** The sets with topics told by people; the names are those of `--leave-out`. */
export const TOPIC_SETS = ['agnews', 'bbc', 'huffpost', 'feeds2026', 'wcep'] as const;
/** Headlines labelled by the section of their address. */
export const SECTIONS_SET = 'urlsections';

export type Row = Record<string, unknown>;

/** Rows of a .jsonl.gz file of the training data. Throws if it is not there. */
export const readRows = (dir: string, name: string): Row[] => {
  const path = join(dir, `${name}.jsonl.gz`);
  if (!existsSync(path)) throw new Error(`${path} is not there: --data DIR says where the training data are`);
  const text = gunzipSync(readFileSync(path)).toString('utf8');
  return text.split('\n').flatMap((line): Row[] => (line ? [JSON.parse(line)] : []));
};

/** The text in a field, empty if there is none. */
export const text = (row: Row, field: string): string => {
  const value = row[field];
  return typeof value === 'string' ? value : '';
};

/** The strings in a field that holds a list. */
export const list = (row: Row, field: string): string[] => {
  const value = row[field];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
};

/** A story with the topics that count as right, by their place among the twelve. */
export interface Example extends TopicWords {
  set: string;
  topics: number[];
  /** The class as the scorer knows it. */
  gold: string;
}

const exampleOf = (set: string, row: Row): Example => {
  const accepted = list(row, 'accept');
  const names = accepted.length > 0 ? accepted : [text(row, 'topic')];
  const summary = text(row, 'summary').replace(/\s+/g, ' ').trim().slice(0, 400);
  return {
    ...topicWords([wordsOf(text(row, 'title'), 'en'), wordsOf(summary, 'en')]),
    set,
    topics: TOPICS.flatMap((topic, at) => (names.includes(topic) ? [at] : [])),
    gold: text(row, 'gold') || text(row, 'topic'),
  };
};

/** Labelled stories, set by set: of all sets, or of those named. */
export const readExamples = (
  dir: string,
  names: readonly string[] = [SECTIONS_SET, ...TOPIC_SETS],
): Map<string, Example[]> =>
  new Map(
    names.map((name): [string, Example[]] => [
      name,
      readRows(dir, name === SECTIONS_SET ? 'topics-train-urlsections' : `topics-${name}-dev`).map((row) =>
        exampleOf(name, row),
      ),
    ]),
  );
