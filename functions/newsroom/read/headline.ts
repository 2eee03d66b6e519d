import { getDomain, getDomainWithoutSuffix } from 'tldts';

/** What may stand behind a headline without being part of it. */
export interface Signers {
  /** The feed's own title. */
  feed: string;
  author: string | undefined;
  /** The story's address. */
  url: string | undefined;
}

/** A headline and a short part behind the last dash or bar; what is left of a headline has ten characters at least. */
const SIGNED = /^(.{9,}\S)\s+[|–—·-]\s+(\S.{0,59})$/u;

/** Video sites' labels, and a run of labels or one after the end of a sentence: a `#MeToo` within one stays. */
const LABELS =
  /(?:\s+#shorts|(?:\s+#[\p{L}_][\p{L}\p{N}_]*){2,}|(?<=[.!?…\p{Emoji_Presentation}])\s+#[\p{L}_][\p{L}\p{N}_]*)$/iu;

const squash = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const bare = (name: string): string => squash(name.replace(/^the\s+/i, ''));

const initialsOf = (text: string): string => (text.match(/(?<![\p{L}\p{N}])\p{Lu}/gu) ?? []).join('');

/** Whether a name is that of the feed, of the address's outlet, or of who wrote the story. */
const isSigner = (name: string, { feed, author, url = '' }: Signers): boolean => {
  const said = bare(name);
  if (said === '') return false;
  const names = [feed, ...feed.split(/\s+[|–—·>-]\s+|:\s+/), getDomainWithoutSuffix(url) ?? '', getDomain(url) ?? ''];
  if (names.some((each) => bare(each) === said)) return true;
  if (author && (squash(author) === said || (said.length >= 8 && squash(author).includes(said)))) return true;
  return /^\p{Lu}{2,4}$/u.test(name) && initialsOf(feed).startsWith(name);
};

/** A headline without the labels and the names of outlet and writer that programs put behind it: both are told beside it. */
export const unsigned = (title: string, signers: Signers): string => {
  const text = title.replace(LABELS, '');
  const [, headline, name] = SIGNED.exec(text) ?? [];
  return headline !== undefined && name !== undefined && isSigner(name, signers) ? headline : text;
};

/**
 * Takes apart what a collector of other outlets' headlines writes (`Headline - Outlet`, and a summary that begins with both and goes on
 * with other headlines): headline and outlet. Nothing for any other story.
 */
export const collected = (title: string, summary: string): { headline: string; outlet: string } | undefined => {
  const [, headline, outlet] = SIGNED.exec(title) ?? [];
  if (headline === undefined || outlet === undefined || summary.startsWith(title)) return undefined;
  return squash(summary.slice(0, 2 * title.length)).startsWith(squash(headline + outlet))
    ? { headline, outlet }
    : undefined;
};
