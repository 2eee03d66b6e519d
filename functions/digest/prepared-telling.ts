import type { Reason } from '../model/digest.ts';
import type { Telling } from '../model/event.ts';
import type { TitleSketch } from './mailed-titles.ts';
import { printOf } from './memory.ts';
import { type FoldedText, foldedText, type TitleWords, titleWords } from './words.ts';

/** A telling with what the rules compare, worked out once for all readers. */
export class PreparedTelling {
  readonly telling: Telling;
  readonly words: TitleWords;
  /** The reason of who follows its source; one object for all of them. */
  readonly ownSource: Reason['because'];
  /** What the memory knows its address by. */
  readonly url: number;
  /** What the memory knows its title by. */
  readonly sketch: TitleSketch;
  #folded: FoldedText | undefined;

  constructor(telling: Telling) {
    const { url, title } = printOf(telling);
    this.telling = telling;
    this.words = titleWords(telling.title);
    this.ownSource = { kind: 'source', source: telling.source, title: telling.sourceTitle };
    this.url = url;
    this.sketch = title;
  }

  /** The title as muted phrases are looked for in it. */
  get folded(): FoldedText {
    this.#folded ??= foldedText(this.telling.title);
    return this.#folded;
  }
}
