import type { ChromeLanguage } from '../../model/subscriber.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';

type Loose<T> = T extends string
  ? string
  : T extends readonly unknown[]
    ? { readonly [K in keyof T]: Loose<T[K]> }
    : { readonly [K in keyof T]: Loose<T[K]> };

/** The words of all pages in one language; a language with a key missing does not compile. */
export type Words = Loose<typeof en>;

/** What pages say of errors and faults, of digests that did not come, and of privacy. */
export type Notices = Pick<Words, 'errors' | 'faults' | 'reasons' | 'privacy'>;

export type FaultKey = keyof Words['faults'];

const LANGUAGES: Readonly<Record<ChromeLanguage, Words>> = { en, de, fr, es, ar };

export const wordsOf = (language: ChromeLanguage): Words => LANGUAGES[language];

/** How each language calls itself, for the choice of language. */
export const LANGUAGE_NAMES = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
} as const satisfies Record<ChromeLanguage, string>;

const IS_ARABIC = /\p{Script=Arabic}/u;

/** Sets a text of another script apart from the direction of what surrounds it: first strong isolate, pop (UAX 9). */
const apart = (text: string): string => (IS_ARABIC.test(text) ? text : `\u2068${text}\u2069`);

/** `5 hours`, with European digits in Arabic, too. */
export const hoursIn = (language: ChromeLanguage, hours: number): string =>
  new Intl.NumberFormat(`${language}-u-nu-latn`, { style: 'unit', unit: 'hour', unitDisplay: 'long' }).format(hours);

/** A list as a line of text, with the language's own comma. */
export const listOf = (language: ChromeLanguage, items: readonly string[]): string =>
  language === 'ar' ? items.map(apart).join('، ') : items.join(', ');

/** A text as long as there is room for. */
export const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;

/**
 * Fills the `{places}` of a text. The result is plain text: `html` escapes it. In Arabic a foreign name or address is set apart, so that
 * it does not take the signs around it along.
 */
export const fill = (text: string, places: Readonly<Record<string, string | number>>): string => {
  const set = IS_ARABIC.test(text) ? apart : (value: string) => value;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = places[name];
    return value === undefined ? whole : set(String(value));
  });
};
