import * as z from 'zod';
import { type Background, backgroundFile, unpackBackground } from './background.ts';
import { type ImportanceModel, importanceFile, unpackImportance } from './importance.ts';
import { type TopicModel, topicsFile, unpackTopics } from './topics.ts';
import { unpackWords, type Words, wordsFile } from './words.ts';

/** The weights file as `npm run train` writes it: tables computed from the training data, never its texts. Every part may be missing. */
export const weightsFile = z.object({
  v: z.literal(1),
  /** SHA-256 of all that follows, hex. */
  hash: z.string().optional(),
  /** Training sets that were left out. */
  leftOut: z.array(z.string()).optional(),
  background: backgroundFile.optional(),
  topics: topicsFile.optional(),
  importance: importanceFile.optional(),
});

export type WeightsFile = z.infer<typeof weightsFile>;

/** What the newsroom has learned. Each part may be absent: then the rules that need no learning stand alone. */
export interface Model {
  hash: string;
  background: Background | undefined;
  words: Words | undefined;
  topics: TopicModel | undefined;
  importance: ImportanceModel | undefined;
}

/** Knows nothing: priors, word overlap and counting only. */
export const EMPTY_MODEL: Model = {
  hash: 'none',
  background: undefined,
  words: undefined,
  topics: undefined,
  importance: undefined,
};

/** A model from a weights file and the word vectors that it was trained with; without them it tells no topics by words. Throws a ZodError if they are none. */
export const readModel = (json: unknown, words?: unknown): Model => {
  const file = weightsFile.parse(json);
  const vectors = words === undefined ? undefined : unpackWords(wordsFile.parse(words));
  return {
    hash: file.hash ?? 'none',
    background: file.background && unpackBackground(file.background),
    words: vectors,
    topics: file.topics && vectors && unpackTopics(file.topics, vectors),
    importance: file.importance && unpackImportance(file.importance),
  };
};
