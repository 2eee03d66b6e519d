import { html } from 'hono/html';

const OUTLINE = /<outline\b/i;
const FEED = /\bxmlUrl\s*=\s*(?:"([^"]*)"|'([^']*)')/i;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** An attribute of XML as it reads: its five names, and characters by number (XML 1.0, 4.1 and 4.6). */
const unescaped = (text: string): string =>
  text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/g, (whole, name, decimal, hex) => {
    if (name) return NAMED[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** True for what other readers export: a list of subscriptions in OPML, pasted whole or in part. */
export const isOpml = (text: string): boolean => /<(?:opml|outline)\b/i.test(text);

/**
 * The addresses of the feeds in OPML, in its order, folders left out. It need not be well formed: people paste parts. An outline is read up to
 * the next, as its attributes may hold a bare `>`; so the time it takes grows with the text and no faster.
 */
export const feedsInOpml = (text: string): string[] =>
  text
    .split(OUTLINE)
    .slice(1)
    .flatMap((outline) => {
      const [, double, single] = FEED.exec(outline) ?? [];
      const url = unescaped(double ?? single ?? '').trim();
      return url === '' ? [] : [url];
    });

/**
 * Words that stand before OPML and after it in one text: addresses that were typed beside a list that was pasted. The rest of an outline
 * whose beginning was not copied along is none: `World news" xmlUrl="..."/>`.
 */
export const wordsBesideOpml = (text: string): string[] => {
  const [start = ''] = text.split('<', 1);
  const before = start.slice(start.lastIndexOf('>') + 1);
  const [after = ''] = text.slice(text.lastIndexOf('>') + 1).split('<', 1);
  return `${before} ${after}`.split(/\s+/).filter((word) => !/[>"']/.test(word));
};

/** How XML begins in each encoding, by its mark or by its first sign (XML 1.0, appendix F). */
const BEGINNINGS: readonly [bytes: readonly number[], encoding: string][] = [
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0x3c, 0], 'utf-16le'],
  [[0, 0x3c], 'utf-16be'],
];

const DECLARED = /^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/i;

/** The encoding that a file says it is in; UTF-8 if it says none, or one that is not known. */
const encodingOf = (bytes: Uint8Array): string => {
  const [, begun] = BEGINNINGS.find(([begin]) => begin.every((byte, at) => bytes[at] === byte)) ?? [];
  if (begun !== undefined) return begun;
  const declared = DECLARED.exec(new TextDecoder('windows-1252').decode(bytes.subarray(0, 300)))?.[1] ?? 'utf-8';
  try {
    const { encoding } = new TextDecoder(declared);
    // a declaration that can be read byte by byte is not in UTF-16
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
  } catch {
    return 'utf-8';
  }
};

/** A file as text, whatever it is. */
export const textOfFile = (bytes: Uint8Array): string => new TextDecoder(encodingOf(bytes)).decode(bytes);

/** A source as other readers take it. */
export interface Listed {
  title: string;
  url: string;
  homePage?: string | undefined;
}

/** Sources as OPML 2.0, which every feed reader can take. */
export const opmlOf = async (title: string, sources: readonly Listed[]): Promise<string> => {
  const outlines = sources.map(
    (source) =>
      html`\n    <outline type="rss" text="${source.title}" title="${source.title}" xmlUrl="${source.url}" htmlUrl="${source.homePage ?? ''}"/>`,
  );
  const body = await html`<opml version="2.0">
  <head><title>${title}</title></head>
  <body>${outlines}
  </body>
</opml>
`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}`;
};
