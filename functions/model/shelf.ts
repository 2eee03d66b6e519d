import * as z from 'zod';
import { keywordKey } from './keyword.ts';
import type { SourceId } from './source.ts';
import { storyId } from './story.ts';
import { instant } from './time.ts';
import type { Topic } from './topic.ts';

/** The day's shelf holds what is current; the week's the best of seven days by peak. */
export type Span = 'day' | 'week';

/** What a shelf is of. `top` is every event of a language; its language `all` means every house source. */
export type ShelfKey =
  | { of: 'topic'; topic: Topic; language: string; span: Span }
  | { of: 'top'; language: string; span: Span }
  | { of: 'source'; source: SourceId; span: Span }
  | { of: 'keyword'; keyword: string; span: Span }
  | { of: 'picks' };

/** A shelf's id, safe in a table key. */
export const shelfId = (key: ShelfKey): string => {
  switch (key.of) {
    case 'topic':
      return `topic/${key.topic}/${key.language}/${key.span}`;
    case 'top':
      return `top/${key.language}/${key.span}`;
    case 'source':
      return `source/${key.source}/${key.span}`;
    case 'keyword':
      return `keyword/${keywordKey(key.keyword)}/${key.span}`;
    case 'picks':
      return 'picks';
    default:
      return key satisfies never;
  }
};

/** An event on a shelf: its id, the version to read, and its score here in millionths (higher first). */
export const shelfEntry = z.tuple([storyId, z.number().int().nonnegative(), z.number().int()]);

export type ShelfEntry = z.infer<typeof shelfEntry>;

/** A ranked list of events, ids and scores only, best first, at most 100. */
export const shelf = z.object({
  v: z.literal(1),
  id: z.string(),
  /** The edition that wrote it; an edition reads the latest version not newer than itself. */
  edition: z.number().int().nonnegative(),
  entries: z.array(shelfEntry).max(100),
});

export type Shelf = z.infer<typeof shelf>;

/** The published edition: readers of digests see this one, whole. */
export const editionPointer = z.object({
  v: z.literal(1),
  number: z.number().int().nonnegative(),
  at: instant,
  /** Languages that have shelves in it, most stories first. */
  languages: z.array(z.string()),
});

export type EditionPointer = z.infer<typeof editionPointer>;

/** A story the operator recommends, with the words that say why. */
export const pick = z.object({
  v: z.literal(1),
  event: storyId,
  note: z.string().max(200),
  language: z.string(),
  until: instant,
});

export type Pick = z.infer<typeof pick>;
