import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import PostalMime from 'postal-mime';
import * as z from 'zod';
import { createPress } from '../../functions/digest/press/press.ts';
import { webLink } from '../../functions/newsroom/read/links.ts';
import { htmlToText } from '../../functions/newsroom/read/plain-text.ts';
import { type GroupResult, type Judged, readKit, resultOf } from './case.ts';
import { judgePages } from './xss-pages.ts';
import { AT, HARMLESS, type StoryWords, viewOf } from './xss-story.ts';

const field = z.enum(['title', 'template', 'header', 'link', 'text', 'html']);
const kitXss = z.object({
  own: z.array(z.object({ id: z.string(), field, payload: z.string(), literal: z.boolean().optional() })),
  dompurify: z.array(z.object({ id: z.string(), payload: z.string() })),
});
const kitCheck = z.object({ violations: z.custom<(html: string) => string[]>((value) => typeof value === 'function') });

const press = createPress({
  name: 'Broadsheet',
  from: 'news@us.example',
  postalAddress: '1 Example Street, Example',
  contact: 'us@us.example',
});

/** Everything of a mail that the invariants look at. */
const mailOf = async (words: StoryWords) => {
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
const wordsOf = (where: z.infer<typeof field>, payload: string): StoryWords => {
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
  const judge = async (id: string, words: StoryWords, literal?: string): Promise<Judged> => {
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
  const payloads = [...own, ...dompurify].map(({ id, payload }) => ({ id, payload, words: wordsOf('title', payload) }));
  return [
    resultOf('xss/own', ours),
    resultOf('xss/dompurify', theirs),
    resultOf('xss/pages', judgePages(payloads, { press, harmless: HARMLESS, violations })),
  ];
};
