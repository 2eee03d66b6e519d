import { languageOf } from '../model/source.ts';
import { CHROME_LANGUAGES, type ChromeLanguage } from '../model/subscriber.ts';

/** A language code, if it is one of those that pages and mails are written in. */
export const chromeOf = (code: string): ChromeLanguage | undefined =>
  CHROME_LANGUAGES.find((language) => language === code);

/** The best of our languages for an Accept-Language header, in its order (weights are almost always in order). */
export const preferredLanguage = (header: string | undefined): ChromeLanguage =>
  (header ?? '')
    .split(',')
    .map((part) => chromeOf(languageOf(part)))
    .find((language) => language !== undefined) ?? 'en';
