/** Fragments are broken near here, so that their joins and a reader's own values stay under RFC 5322's 998 octets. */
const LINE = 240;

/** Text without a blank is broken by force from here on, inside a tag of no effect. */
const FORCED = 500;

/** A longer line is against RFC 5322 2.1.1. */
export const LONGEST = 998;

/** Comment ends and conditions are whole, quoted values are whole, everything else is a word, an entity or one sign. */
const TOKENS = /<!--\[if[^>]*>|<!\[endif\]-->|<!--|-->|"[^"]*"|&#?\w+;|[^"<>}\s&]+|[\s\S]/g;

/** A value that a mark fills, or any link, gets a line of its own: it may be long. */
const LONE_VALUE = / ((?:[a-z-]+="\{\{[a-z-]+\}\}"|(?:href|src)="[^"]{120,}"))/g;

/**
 * Breaks ASCII HTML into lines ended by CRLF, at places where no reader sees it: blanks in text and between attributes, before a
 * tag's end, after a rule in a style sheet. Never in a value or a comment's marks. A single long value may stay longer than `LONGEST`.
 */
export const fold = (html: string): string => {
  const source = html.replace(/\r\n/g, '\n').replace(LONE_VALUE, '\n$1\n');
  const lines: string[] = [];
  let line = '';
  let inTag = false;
  /** Where `line` may be cut: after `keep` characters, going on at `next`. */
  let cut: { keep: number; next: number } | undefined;
  const end = (keep: number, next: number): void => {
    lines.push(line.slice(0, keep));
    line = line.slice(next);
    cut = undefined;
  };
  for (const [token] of source.matchAll(TOKENS)) {
    if (token === '\n') end(line.length, line.length);
    else {
      if (line.length + token.length > LINE && cut) end(cut.keep, cut.next);
      if (line.length + token.length > FORCED && !inTag && token.startsWith('&')) {
        line += '<wbr';
        end(line.length, line.length);
        line = '>';
      }
      if (token === '>' && inTag) cut = { keep: line.length, next: line.length };
      line += token;
      if (token === ' ') cut = { keep: line.length - 1, next: line.length };
      if (token === '}' && !inTag) cut = { keep: line.length, next: line.length };
      inTag = token === '<' || (inTag && token !== '>');
    }
  }
  return [...lines, line].join('\n').replace(/\n/g, '\r\n');
};

/** The longest line in octets, of ASCII text whose lines end with CRLF. */
export const longestLine = (ascii: string): number => Math.max(...ascii.split('\r\n').map((line) => line.length));
