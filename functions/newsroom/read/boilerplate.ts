/** What programs, not people, put after a summary: signatures of Reddit, WordPress and Hacker News, 'read more' links, labels. */
const TAILS: readonly RegExp[] = [
  /\s*submitted by\s+\/u\/\S{1,60}(?:\s+to\s+\/?r\/\S{1,60})?(?:\s*\[link\])?(?:\s*\[comments\])?$/i,
  /\s*The post .{1,300} (?:first appeared|appeared first) on(?: .{1,120})?$/,
  /\s*(?:\[link\]\s*)?\[comments\]$/i,
  /\s*(?:Article URL: \S+\s+)?Comments URL: \S+(?:\s+Points: \d+)?(?:\s+# Comments: \d+)?$/,
  /\s*(?:continue reading|read more|read the full story|read full article|weiterlesen|lire la suite|leer más|czytaj więcej)\s*(?:\.{3}|…|»|→|›|>)*$/i,
  /\s*(?:\.\s+)?Read the full (?:article|story|post) (?:on|at) [^.]{1,60}\.?$/i,
  /(?:\s+#[\p{L}_][\p{L}\p{N}_]*){2,}$|(?<=[.!?…\p{Emoji_Presentation}])\s+#[\p{L}_][\p{L}\p{N}_]*$/u,
];

/** Who took the picture, and nothing else. */
const CREDIT =
  /^(?:fot\.|foto:|photo:|photo by|photograph:|bild:|crédits? photo|zdjęcie:|image:|picture:|getty images|fotografía:)\s?.{0,60}$/iu;

const LINK = /(?:https?:\/\/|\bwww\.)\S/i;

const LEADING_LINKS = /^(?:https?:\/\/\S+\s*)+/i;

/** Fewer characters than this are the rest of a sentence, no summary. */
const LEAST = 20;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** A text from its first word to the first sentence that holds an address: nobody reads those, and what follows is lists of them. */
const beforeLinks = (whole: string): string => {
  const text = whole.replace(LEADING_LINKS, '');
  const at = text.search(LINK);
  if (at < 0) return text;
  let end = 0;
  for (const { index, segment } of sentences.segment(text.slice(0, at))) {
    if (index + segment.length < at) end = index + segment.length;
  }
  const kept = text.slice(0, end).trimEnd();
  return kept.length >= LEAST ? kept : '';
};

/** A summary without its boilerplate tail; a dangling `[…]` becomes an ellipsis. */
export const withoutTail = (text: string): string => {
  let cut = text;
  for (const tail of TAILS) {
    const at = cut.slice(-600).search(tail);
    if (at >= 0) cut = cut.slice(0, Math.max(0, cut.length - 600) + at).trimEnd();
  }
  return cut.replace(/\s*\[(?:…|\.{3})\]$/, '…');
};

/** What of a summary is for reading: no boilerplate, no addresses, nothing if it only says who took the picture. */
export const readable = (text: string): string => {
  const words = withoutTail(beforeLinks(withoutTail(text)));
  return CREDIT.test(words) ? '' : words;
};
