import type * as z from 'zod';
import type { backgroundFile } from '../../functions/newsroom/model/background.ts';
import { pack } from '../../functions/newsroom/model/packed.ts';
import { wordsOf } from '../../functions/newsroom/text.ts';

const MOST_TERMS = 60_000;

/** Counts in how many texts each stem occurs, for the commonest stems. */
export const countBackground = (texts: readonly string[]): z.infer<typeof backgroundFile> => {
  const counts = new Map<number, number>();
  for (const text of texts) {
    const terms = new Set(wordsOf(text, 'en').flatMap(({ term, stop }) => (stop ? [] : [term >>> 0])));
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const kept = [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, MOST_TERMS)
    .sort(([a], [b]) => a - b);
  return {
    stories: texts.length,
    terms: pack(Uint32Array.from(kept, ([term]) => term)),
    counts: pack(Uint8Array.from(kept, ([, count]) => Math.min(255, Math.round(16 * Math.log1p(count))))),
  };
};
