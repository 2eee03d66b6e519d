/** What programs, not people, put after a summary: Reddit's and WordPress's signatures, 'read more' links, a cut's brackets. */
const TAILS: readonly RegExp[] = [
  /\s*submitted by\s+\/u\/\S{1,60}(?:\s+to\s+\/?r\/\S{1,60})?(?:\s*\[link\])?(?:\s*\[comments\])?$/i,
  /\s*The post .{1,300} (?:first appeared|appeared first) on .{1,120}$/,
  /\s*(?:\[link\]\s*)?\[comments\]$/i,
  /\s*(?:continue reading|read more|read the full story|read full article|weiterlesen|lire la suite|leer más|czytaj więcej)\s*(?:\.{3}|…|»|→|›|>)*$/i,
];

/** A summary without its boilerplate tail; a dangling `[…]` becomes an ellipsis. */
export const withoutTail = (text: string): string => {
  let cut = text;
  for (const tail of TAILS) {
    const at = cut.slice(-600).search(tail);
    if (at >= 0) cut = cut.slice(0, Math.max(0, cut.length - 600) + at).trimEnd();
  }
  return cut.replace(/\s*\[(?:…|\.{3})\]$/, '…');
};
