import { readRows, TOPIC_SETS, text } from './data.ts';

const UNLABELLED = ['clusters-neus-dev', 'clusters-uci-dev', 'feeds-2026-dev', 'gnews-headlines-dev'];

/** Titles and summaries of all sets but those left out: what words and stems are counted in. */
export const newsTexts = (dir: string, leaveOut: readonly string[] = []): string[] => {
  const names = [
    ...UNLABELLED,
    ...TOPIC_SETS.filter((set) => !leaveOut.includes(set)).map((set) => `topics-${set}-dev`),
  ];
  return names.flatMap((name) => readRows(dir, name).map((row) => `${text(row, 'title')} . ${text(row, 'summary')}`));
};
