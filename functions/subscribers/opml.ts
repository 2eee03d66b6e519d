import { html } from 'hono/html';

const OUTLINE = /<outline\b[^>]*>/gi;
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

/** The addresses of the feeds in OPML, in its order, folders left out. It need not be well formed: people paste parts. */
export const feedsInOpml = (text: string): string[] =>
  [...text.matchAll(OUTLINE)].flatMap(([outline]) => {
    const [, double, single] = FEED.exec(outline) ?? [];
    const url = unescaped(double ?? single ?? '').trim();
    return url === '' ? [] : [url];
  });

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
