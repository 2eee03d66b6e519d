import type { Brand } from '../../model/digest.ts';
import type { ChromeLanguage } from '../../model/subscriber.ts';
import type { Instant } from '../../model/time.ts';
import { calendarOf } from './calendar.ts';
import { escapeHtml, safeUrl, tidy } from './escape.ts';
import { fold } from './fold.ts';
import { fill, type Templates } from './template.ts';
import { type LetterWords, type Words, words } from './words/words.ts';
import { RULE, wrap } from './wrap.ts';

/** What a letter says. `link` is the one thing to do; `hours` is how long it works. Nothing in it was typed by whoever asked. */
export type LetterView = { language: ChromeLanguage; link: string } & (
  | { kind: 'confirm'; hours: number }
  | { kind: 'manage'; hours: number }
  | { kind: 'address-change'; hours: number }
  /** A followed source that failed for long: `title` as the catalogue or feed names it, the date as seen in `zone`. */
  | { kind: 'source-stopped'; title: string; sinceAt: Instant; zone: string }
);

const wordsOf = (letter: LetterView, brand: Brand, { letters, locale }: Words): LetterWords => {
  switch (letter.kind) {
    case 'confirm':
      return letters.confirm(brand.name, letter.hours);
    case 'manage':
      return letters.manage(brand.name, letter.hours);
    case 'address-change':
      return letters.addressChange(brand.name, letter.hours);
    case 'source-stopped':
      return letters.sourceStopped(
        brand.name,
        tidy(letter.title),
        calendarOf(locale, letter.zone).date(letter.sinceAt),
      );
    default:
      return letter satisfies never;
  }
};

const footerOf = (letter: LetterView, { name }: Brand, { letters }: Words): string =>
  letter.kind === 'source-stopped' ? letters.stoppedFooter(name, tidy(letter.title)) : letters.footer(name);

const textOf = (said: LetterWords, footer: string, link: string, brand: Brand, { digest }: Words): string =>
  `${[
    brand.name,
    said.title,
    ...said.paragraphs,
    `${digest.before(said.button)}\n${link}`,
    said.note,
    RULE,
    footer,
    `${digest.contact(brand.contact)}\n${brand.postalAddress}`,
  ]
    .map((part) => part.split('\n').map(wrap).join('\n'))
    .join('\n\n')}\n`;

/** A letter's subject, text and HTML (ASCII, folded). Throws if its link is none of ours: no letter goes out without its one link. */
export const composeLetter = (
  letter: LetterView,
  brand: Brand,
  templates: Templates,
): { subject: string; text: string; html: string } => {
  const spoken = words(letter.language);
  const said = wordsOf(letter, brand, spoken);
  const footer = footerOf(letter, brand, spoken);
  const url = safeUrl(letter.link);
  if (!url) throw new Error(`letter ${letter.kind}: the link is no web address`);
  const template = templates.letter[spoken.direction];
  const html = fill(template.shell, {
    language: letter.language,
    subject: escapeHtml(said.subject),
    preheader: escapeHtml(said.preheader),
    brand: escapeHtml(brand.name),
    title: escapeHtml(said.title),
    paragraphs: said.paragraphs.map((text) => fill(template.paragraph, { words: escapeHtml(text) })).join(''),
    url: escapeHtml(url),
    button: escapeHtml(said.button),
    note: escapeHtml(said.note),
    'or-paste': escapeHtml(spoken.letters.orPaste),
    footer: escapeHtml(footer),
    contact: escapeHtml(spoken.digest.contact(brand.contact)),
    'postal-address': escapeHtml(brand.postalAddress),
  });
  return { subject: said.subject, text: textOf(said, footer, url, brand, spoken), html: fold(html) };
};
