import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import PostalMime from 'postal-mime';
import * as z from 'zod';
import { createPress } from '../../functions/digest/press/press.ts';
import type { Card, DigestView } from '../../functions/model/digest.ts';
import { webLink } from '../../functions/newsroom/read/links.ts';
import { htmlToText } from '../../functions/newsroom/read/plain-text.ts';
import { type GroupResult, type Judged, readKit, resultOf } from './case.ts';

const field = z.enum(['title', 'template', 'header', 'link', 'text', 'html']);
const kitXss = z.object({
  own: z.array(z.object({ id: z.string(), field, payload: z.string(), literal: z.boolean().optional() })),
  dompurify: z.array(z.object({ id: z.string(), payload: z.string() })),
});
const kitCheck = z.object({ violations: z.custom<(html: string) => string[]>((value) => typeof value === 'function') });

/** Where a payload goes in a story: as the reader hands it on, and as the mail would meet it if the reader let it through. */
interface Words {
  title: string;
  summary: string;
  url: string;
  sourceTitle: string;
}

const HARMLESS: Words = {
  title: 'A bridge opens',
  summary: 'It carries people.',
  url: 'https://news.example/bridge',
  sourceTitle: 'Daily Example',
};

const AT = Date.UTC(2026, 0, 5, 6);

const cardOf = ({ title, summary, url, sourceTitle }: Words): Card => {
  const telling = {
    story: '34yo000aaaaaa',
    source: 'daily',
    sourceTitle,
    outlet: 'news.example',
    title,
    url,
    access: 'free',
    publishedAt: AT,
  } as const;
  const event = {
    v: 1,
    id: telling.story,
    version: 1,
    topics: ['world' as const],
    language: 'en',
    outlets: 2,
    tellings: [telling],
    turn: 0,
    firstSeenAt: AT,
    lastNewsAt: AT,
    private: false,
  } as const;
  const also = [{ ...telling, source: 'other', outlet: 'other.example' }];
  const reason = { outlets: 2, because: { kind: 'source', source: 'daily', title: sourceTitle } } as const;
  return {
    chosen: {
      event: { ...event, topics: [...event.topics], tellings: [telling] },
      telling,
      also,
      topic: 'world',
      score: 1,
      reason,
      update: false,
    },
    story: {
      v: 1,
      id: telling.story,
      source: 'daily',
      title,
      url,
      summary,
      author: title.slice(0, 120),
      sections: [],
      firstSeenAt: AT,
      position: 0,
      language: 'en',
    },
  };
};

const viewOf = (words: Words): DigestView => ({
  kind: 'scheduled',
  language: 'en',
  zone: 'UTC',
  at: AT,
  lead: cardOf(words),
  sections: [{ heading: { kind: 'topic', topic: 'world' }, cards: [cardOf(words), cardOf(HARMLESS)] }],
  filled: false,
  sources: 2,
  format: 'full',
  pictures: 'lead',
  reader: { address: 'reader@example.org', signedUpAt: AT, cadence: 'daily', weekday: 1, hour: 6 },
  nextAt: AT,
  stopped: [],
  links: {
    manage: 'https://us.example/m/1',
    pause: 'https://us.example/p/1',
    unsubscribe: 'https://us.example/u/1',
    web: 'https://us.example/w/1',
    more: () => 'https://us.example/m/1/more',
    less: () => 'https://us.example/m/1/less',
  },
});

const press = createPress({
  name: 'Broadsheet',
  from: 'news@us.example',
  postalAddress: '1 Example Street, Example',
  contact: 'us@us.example',
});

/** Everything of a mail that the invariants look at. */
const mailOf = async (words: Words) => {
  const { raw } = press.digest(viewOf(words), {
    to: 'reader@example.org',
    date: AT,
    unsubscribe: 'https://us.example/u/1',
  });
  const [head = ''] = Buffer.from(raw).toString('latin1').split('\r\n\r\n');
  const { html = '', headers } = await PostalMime.parse(raw);
  return {
    html,
    head,
    headers: headers
      .map(({ key }) => key)
      .sort()
      .join(),
  };
};

type Node = DefaultTreeAdapterTypes.Node;

const nodesOf = (node: Node): Node[] => [node, ...('childNodes' in node ? node.childNodes.flatMap(nodesOf) : [])];

/** The words that a person sees, and the links in their order. */
const seen = (html: string): { text: string; links: string[] } => {
  const nodes = nodesOf(parse(html));
  const text = nodes.map((node) => ('value' in node ? node.value : '')).join(' ');
  const attributes = nodes.flatMap((node) => ('attrs' in node ? node.attrs : []));
  const links = attributes.filter(({ name }) => name === 'href').map(({ value }) => value);
  return { text: text.replace(/\s+/g, ' '), links };
};

const isAsciiLines = (head: string): boolean =>
  head
    .split('\r\n')
    .every((line) => line.length <= 998 && /^[\x20-\x7e\t]*$/.test(line) && /^([\w-]+:|[ \t])/.test(line));

/** Puts a payload where its field says: as it stands, since the press must hold alone, or as the reader hands HTML on. */
const wordsOf = (where: z.infer<typeof field>, payload: string): Words => {
  switch (where) {
    case 'html':
      return { ...HARMLESS, summary: htmlToText(payload) };
    case 'link':
      return { ...HARMLESS, url: webLink(payload, undefined) ?? payload };
    default:
      return { ...HARMLESS, title: payload, summary: payload, sourceTitle: payload };
  }
};

/** Titles, links and texts that attack, in real mails, by the kit's own invariants. */
export const runXss = async (kit: string): Promise<GroupResult[]> => {
  const { own, dompurify } = await readKit(kitXss, kit, 'xss', 'xss.json');
  const tool = pathToFileURL(join(resolve(kit), 'tools', 'check_html.mjs')).href;
  const { violations } = kitCheck.parse(await import(tool));
  const plain = await mailOf(HARMLESS);
  const allowed = new Set(violations(plain.html));
  const last = seen(plain.html).links.at(-1);
  const judge = async (id: string, words: Words, literal?: string): Promise<Judged> => {
    const mail = await mailOf(words);
    const { text, links } = seen(mail.html);
    const clean = violations(mail.html).every((violation) => allowed.has(violation));
    const whole = mail.headers === plain.headers && isAsciiLines(mail.head) && links.at(-1) === last;
    const legible = literal === undefined || text.includes(literal.replace(/\s+/g, ' ').trim());
    return { id, ok: clean && whole && legible };
  };
  const ours: Judged[] = [];
  for (const each of own) {
    ours.push(await judge(each.id, wordsOf(each.field, each.payload), each.literal ? each.payload : undefined));
  }
  const theirs: Judged[] = [];
  for (const { id, payload } of dompurify)
    theirs.push(await judge(id, wordsOf('html', payload)), await judge(`${id} raw`, wordsOf('title', payload)));
  return [resultOf('xss/own', ours), resultOf('xss/dompurify', theirs)];
};
