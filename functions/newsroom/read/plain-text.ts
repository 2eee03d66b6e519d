import { scan } from './scan.ts';

/** A piece of a feed as it stands there. */
export interface Markup {
  kind: 'text' | 'html';
  value: string;
}

/** Elements whose content is not for reading. */
const UNREAD = new Set(['script', 'style', 'template', 'noscript']);

const BLOCKS = new Set(
  'address article aside blockquote br dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td th thead tr ul'.split(
    ' ',
  ),
);

/** Elements of HTML that feeds use inside titles and summaries; a `<word>` that is none of these is what somebody wrote. */
const INLINE =
  'a abbr acronym applet b bdi bdo big center cite code data del dfn em font i iframe img input ins kbd label link map mark meta object param q s samp script select small source span strike strong style sub sup svg textarea time title tt u var video audio embed wbr form button body html head base math';

const KNOWN = new Set([...BLOCKS, ...UNREAD, ...INLINE.split(' ')]);

/** The windows-1252 meanings of U+0080 to U+009F, which no feed means as control characters. */
const C1 = '€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ';

/** Control characters, soft hyphens, and marks that hide text or turn its direction. */
const UNWANTED = /[\p{Cc}\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]/gu;

const JOINERS = /[\u200c\u200d]+/g;
const ENDS_IDLE = /(?:^|[\s\p{Script=Latin}\p{P}])$/u;
const BEGINS_IDLE = /^(?:$|[\s\p{Script=Latin}\p{P}])/u;

/**
 * Joiners shape the letters of some scripts and join emoji; beside blanks, Latin letters and signs they are left over from a content system.
 * Each run is looked at once: one expression for all would begin anew at each joiner of a run, and 20,000 of them take it seconds.
 */
const withoutIdleJoiners = (text: string): string =>
  text.replace(JOINERS, (run, at: number) => {
    const [before, after] = [text.slice(Math.max(0, at - 2), at), text.slice(at + run.length, at + run.length + 2)];
    return ENDS_IDLE.test(before) || BEGINS_IDLE.test(after) ? '' : run;
  });

/** Text for people on one line: no control characters, well-formed Unicode, single blanks. */
export const cleanLine = (text: string): string =>
  withoutIdleJoiners(
    text
      .replace(/[\u0080-\u009f]/g, (c) => C1[c.charCodeAt(0) - 0x80] ?? '')
      .replace(/\s+/g, ' ')
      .replace(UNWANTED, ''),
  )
    .replace(/ {2,}/g, ' ')
    .toWellFormed()
    .trim();

/** A paragraph of so many words is a sentence, whether or not a period ends it; a shorter one is a label. */
const SENTENCE = 5;
const LETTER = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u;

/** Newspapers end a standfirst without a period: on one line it would run into the paragraph below. */
const lacksPeriod = (paragraph: string): boolean =>
  LETTER.test(paragraph.trimEnd().slice(-1)) && paragraph.trim().slice(0, 200).split(/\s+/).length >= SENTENCE;

/** Words of HTML, piece by piece. Pieces are joined once: what is as long as a book must not be copied with each paragraph. */
class Words {
  readonly #pieces: string[] = [];
  /** The last piece that is not blank. */
  #last = -1;
  /** The first piece of the paragraph. */
  #first = 0;
  /** The paragraph before needs a period, if anything follows it. */
  #isOpen = false;

  add(text: string): void {
    if (text.trim() !== '') {
      if (this.#isOpen) this.#pieces[this.#last] = `${(this.#pieces[this.#last] ?? '').trimEnd()}.`;
      this.#isOpen = false;
      this.#last = this.#pieces.length;
    }
    this.#pieces.push(text);
  }

  /** Something begins on a line of its own. */
  break(block: string): void {
    this.#pieces.push(' ');
    if (block !== 'p') return;
    this.#isOpen ||= lacksPeriod(this.#pieces.slice(this.#first).join(''));
    this.#first = this.#pieces.length;
  }

  toString(): string {
    return this.#pieces.join('');
  }
}

/** The words of HTML, as one line of plain text. What is in scripts and styles is not words. */
export const htmlToText = (html: string): string => {
  if (!/[<&]/.test(html)) return cleanLine(html);
  const words = new Words();
  let unread = 0;
  scan(html, 'html', {
    open: (written) => {
      const name = written.toLowerCase();
      if (UNREAD.has(name)) unread++;
      else if (BLOCKS.has(name)) words.break(name);
    },
    close: (written) => {
      const name = written.toLowerCase();
      if (UNREAD.has(name)) unread = Math.max(0, unread - 1);
      else if (BLOCKS.has(name)) words.break(name);
    },
    text: (characters) => {
      if (unread === 0) words.add(characters);
    },
  });
  return cleanLine(words.toString());
};

/**
 * Whether text that may be either is HTML: it has an end tag, a lone tag or a reference, and no tag that HTML does not know.
 * `5 < 6`, `a <b`, and `<T> in generics` stay as they are.
 */
export const looksLikeHtml = (text: string): boolean => {
  if (/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});/i.test(text)) return true;
  const tags = text.match(/<\/?[a-z][a-z0-9:-]*(?=[\s/>])/gi);
  if (!tags) return false;
  return (
    tags.every((tag) => KNOWN.has(tag.replace(/^<\/?/, '').toLowerCase())) &&
    /<\/[a-z]|<(br|img|hr|wbr|input|link|meta|embed|base)[\s/>]/i.test(text)
  );
};

/** References that many programs write once too often: no headline means `&apos;`. Tags and blanks are not among them: an article on HTML may. */
const LEFT_OVER = /&(?:amp;)*(amp|apos|quot|[lr][sd]quo|hellip|[mn]dash|#\d{2,6}|#x[\da-f]{2,5});/gi;

const spelled = (text: string): string =>
  text.replace(LEFT_OVER, (_, name: string) => htmlToText(`x&${name};x`).slice(1, -1));

/** Plain text of a piece of a feed, for people: HTML is read as HTML, text stays to the letter but for references left over in it. */
export const plainText = ({ kind, value }: Markup): string =>
  spelled(kind === 'html' ? htmlToText(value) : cleanLine(value));

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The beginning of a text, at most so many UTF-16 units, no character split. */
const beginning = (text: string, units: number): string => text.slice(0, units).replace(/[\ud800-\udbff]$/, '');

/** Text of at most `limit` UTF-16 units, cut after a sentence or, where the first is too long, after a word, with an ellipsis. */
export const cutText = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const head = beginning(text, limit);
  let whole = 0;
  for (const { index, segment } of sentences.segment(head)) {
    const end = index + segment.trimEnd().length;
    if (index + segment.length < head.length) whole = end;
  }
  if (whole >= limit / 3) return head.slice(0, whole);
  const words = beginning(head, limit - 1).replace(/\s+\S*$/, '');
  return `${(words.length >= limit / 3 ? words : beginning(head, limit - 2)).replace(/[\s,;:–-]+$/, '')}…`;
};
