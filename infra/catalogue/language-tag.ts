import { languageOf } from '../../functions/model/source.ts';

/** Country codes that lists write where a language belongs. */
const MISTAKEN: Record<string, string> = {
  jp: 'ja',
  cn: 'zh',
  kr: 'ko',
  cz: 'cs',
  dk: 'da',
  se: 'sv',
  gr: 'el',
  ua: 'uk',
};

/** `en-US` -> `en`, `jp` -> `ja`, `` -> ``. */
export const languageOfTag = (tag: string): string => {
  const language = languageOf(tag);
  return MISTAKEN[language] ?? language;
};

/** The region of a tag as ISO 3166: `en-gb` -> `GB`, `en-UK` -> `GB`; nothing where the tag names none. */
export const countryOfTag = (tag: string): string | undefined => {
  const region = /^[a-z]{2,3}(?:[-_][a-z]{4})?[-_]([a-z]{2})$/i.exec(tag.trim())?.[1]?.toUpperCase();
  return region === 'UK' ? 'GB' : region;
};
