import { html, raw } from 'hono/html';
import type { Brand } from '../../model/digest.ts';
import { CHROME_LANGUAGES, type ChromeLanguage } from '../../model/subscriber.ts';
import type { Notice } from '../ports-of-web.ts';
import { LANGUAGE_NAMES, type Words, wordsOf } from '../words/words.ts';
import { type Look, lookOf, SCRIPT } from './style.ts';

/** A finished or awaited piece of HTML; what is put into `html` is escaped unless it is one. */
export type Html = ReturnType<typeof html>;

/** What every page is made in: language, its words, the operator's name and links. */
export interface Frame {
  language: ChromeLanguage;
  words: Words;
  brand: string;
  look: Look;
  notices: readonly Notice[];
  /** The language that the page's address asks for; absent where it asks for none. */
  asked?: ChromeLanguage | undefined;
  /** Whether the page offers the other languages: it is nobody's, and nothing typed on it would be lost. */
  offersLanguages?: boolean;
}

/** The address of another page of nobody's, in the language that this one was asked for. */
export const to = ({ asked }: Frame, path: string): string => (asked === undefined ? path : `${path}?lang=${asked}`);

const directionOf = (language: ChromeLanguage): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');

const languageLink = ({ language }: Frame, other: ChromeLanguage): Html => {
  const name = LANGUAGE_NAMES[other];
  return other === language
    ? html`<span aria-current="true">${name}</span>`
    : html`<a href="?lang=${other}" hreflang="${other}" lang="${other}" dir="${directionOf(other)}">${name}</a>`;
};

const languageLinks = (frame: Frame): Html | string =>
  frame.offersLanguages
    ? html`<nav aria-label="${frame.words.wishes.language}">${CHROME_LANGUAGES.map((other) => languageLink(frame, other))}</nav>`
    : '';

export const frameOf = (
  language: ChromeLanguage,
  brand: Pick<Brand, 'name' | 'accent'>,
  notices: readonly Notice[] = [],
): Frame => ({
  language,
  words: wordsOf(language),
  brand: brand.name,
  look: lookOf(brand),
  notices,
});

/** Attributes that are there or not. */
export const flag = (name: 'checked' | 'selected' | 'open' | 'required' | 'autofocus', on: boolean): Html | string =>
  on ? raw(` ${name}`) : '';

const noticeBar = ({ notices }: Frame): Html | string =>
  notices.length === 0
    ? ''
    : html`<nav class="notices" dir="auto" aria-label="local"><div class="wrap">${notices.map(({ text, href }) => html`<a href="${href}">${text}</a>`)}</div></nav>`;

/** A whole page. `title` is unique to it; `script` adds the zone prefill. */
export const page = (
  frame: Frame,
  { title, error = false, script = false }: { title: string; error?: boolean; script?: boolean },
  body: Html,
): Html => {
  const { words, language, brand, look } = frame;
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${error ? words.errorPrefix : ''}${title} · ${brand}</title>
<link rel="icon" href="${raw(look.icon)}">
<style>${raw(look.style)}</style>
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
${noticeBar(frame)}
<header class="masthead"><div class="wrap"><a class="brand" href="${to(frame, '/')}">${brand}</a><span class="tagline">${words.tagline}</span></div></header>
<main id="main" class="wrap">
${body}
</main>
<footer><div class="wrap"><nav><a href="${to(frame, '/')}">${words.home}</a><a href="${to(frame, '/link')}">${words.lostLink}</a><a href="${to(frame, '/privacy')}">${words.privacyLink}</a></nav>${languageLinks(frame)}</div></footer>
${script ? html`<script>${raw(SCRIPT)}</script>` : ''}
</body>
</html>`;
};

/** A page with a heading and some text: outcomes and errors. */
export const textPage = (frame: Frame, title: string, paragraphs: readonly string[], more: Html | string = ''): Html =>
  page(frame, { title }, html`<h1>${title}</h1>${paragraphs.map((text) => html`<p class="lead">${text}</p>`)}${more}`);

/** A second button of a form: shows a digest by what stands in it, in a tab of its own, for a page that is left loses what was typed. */
export const exampleButton = ({ words }: Frame, action: string): Html =>
  html`<button class="quiet" formaction="${action}" formtarget="_blank">${words.example.button}</button>`;

/** A form that is one button. */
export const buttonForm = (
  action: string,
  label: string,
  {
    kind = '',
    hidden = {},
    autofocus = false,
  }: { kind?: 'quiet' | 'danger' | ''; hidden?: Record<string, string>; autofocus?: boolean } = {},
): Html =>
  html`<form method="post" action="${action}">${Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button class="${kind}"${flag('autofocus', autofocus)}>${label}</button></form>`;
