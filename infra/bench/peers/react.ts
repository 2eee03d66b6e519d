import { readFileSync } from 'node:fs';
import { render, toPlainText } from '@react-email/render';
import { createElement as h, type ReactNode } from 'react';
import type { Content, Item, Part } from './content.ts';

const CSS = readFileSync(new URL('../../../templates/style.css', import.meta.url), 'utf8').replace(/\s+/g, ' ');

const SERIF = "Georgia,'Times New Roman',serif";
const STYLE = {
  link: { color: '#1d1c1a', textDecoration: 'none' },
  own: { color: '#5d5850' },
  meta: { margin: '8px 0 0', color: '#5d5850', fontSize: 13 },
  cell: { padding: '18px 0', borderTop: '1px solid #e2ddd3' },
  lead: { margin: 0, fontFamily: SERIF, fontSize: 28, lineHeight: 1.25 },
  title: { margin: 0, fontFamily: SERIF, fontSize: 20, lineHeight: 1.3 },
  heading: { margin: 0, padding: '9px 0 11px', borderTop: '2px solid #1d1c1a', color: '#9c2b18', fontSize: 15 },
  summary: { margin: '6px 0 0' },
  picture: { display: 'block', width: '100%', maxWidth: 528, height: 'auto', border: 0 },
  button: { display: 'inline-block', padding: '12px 20px', background: '#1d1c1a', color: '#ffffff' },
  page: { margin: 0, background: '#f1eee8', fontFamily: 'Helvetica,Arial,sans-serif' },
  center: { margin: '8px 0 0', color: '#5d5850', fontSize: 13, textAlign: 'center' },
  hidden: { display: 'none', overflow: 'hidden', lineHeight: '1px', maxHeight: 0 },
};

const partsOf = (parts: readonly Part[]): ReactNode[] =>
  parts.map(({ text, url, bold }, key) => {
    if (url !== undefined) return h('a', { key, href: url, style: STYLE.own }, text);
    return bold ? h('b', { key }, text) : text;
  });

const row = (item: Item, isLead: boolean, key: number): ReactNode => {
  const { lang, url } = item;
  return h(
    'tr',
    { key },
    h(
      'td',
      { className: 'c', style: STYLE.cell },
      item.picture ? h('img', { src: item.picture, alt: '', width: 528, style: STYLE.picture }) : null,
      h(
        isLead ? 'h2' : 'h3',
        { dir: 'auto', lang, style: isLead ? STYLE.lead : STYLE.title },
        item.update ? h('span', { className: 'k' }, item.update) : null,
        h('a', { className: 'h', href: url, style: STYLE.link }, item.title),
      ),
      item.summary ? h('p', { dir: 'auto', lang, style: STYLE.summary }, item.summary) : null,
      h(
        'p',
        { className: 'm', style: STYLE.meta },
        partsOf(item.meta),
        item.also.length > 0 ? h('br', null) : null,
        partsOf(item.also),
        h('br', null),
        item.reason,
      ),
      isLead ? h('a', { href: url, style: STYLE.button }, item.readAt) : null,
    ),
  );
};

const paragraph = (className: string, ...inside: (ReactNode | ReactNode[])[]): ReactNode =>
  h('p', { className, style: STYLE.center }, ...inside);

const foot = (content: Content): ReactNode =>
  h(
    'div',
    null,
    paragraph('t', content.end),
    paragraph('m', content.next),
    paragraph('m', partsOf(content.more), h('br', null), partsOf(content.less)),
    paragraph('m', partsOf(content.why)),
    paragraph('m', partsOf(content.privacy)),
    paragraph('m', content.contact, h('br', null), content.postalAddress),
    paragraph('m', partsOf(content.links)),
  );

const page = (content: Content): ReactNode => {
  const { language, direction, lead, sections } = content;
  const rows = [
    lead ? row(lead, true, 0) : null,
    ...sections.map(({ heading, items }, key) => [
      h('tr', { key }, h('td', null, h('h2', { className: 'k ru', style: STYLE.heading }, heading))),
      ...items.map((item, at) => row(item, false, at)),
    ]),
  ];
  const table = h('table', { role: 'presentation', width: 600, align: 'center' }, h('tbody', null, ...rows));
  return h(
    'html',
    { lang: language, dir: direction },
    h('head', null, h('title', null, content.subject), h('style', null, CSS)),
    h(
      'body',
      { className: 'bg', style: STYLE.page },
      h('div', { style: STYLE.hidden }, content.preheader),
      h('a', { href: content.web, style: STYLE.own }, content.viewInBrowser),
      h('h1', null, content.brand),
      h('p', null, content.date, h('br', null), content.contents),
      content.filled ? h('p', null, content.filled) : null,
      table,
      foot(content),
    ),
  );
};

/** HTML of a digest by @react-email/render: elements made and rendered for each reader. */
export const byReact = (content: Content): Promise<string> => render(page(content));

/** Headlines as they are, not in capitals. */
const SELECTORS = ['h1', 'h2', 'h3'].map((selector) => ({ selector, options: { uppercase: false } }));

/** The text part as React Email's own documentation makes it: of the finished HTML. */
export const textByReact = (html: string): string => toPlainText(html, { selectors: SELECTORS });
