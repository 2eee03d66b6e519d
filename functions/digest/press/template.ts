import compiled from '../../../templates/compiled.generated.json' with { type: 'json' };
import type { Brand } from '../../model/digest.ts';
import { ACCENT } from './brand.ts';
import { fold } from './fold.ts';

/** Part of a template: HTML as it stands, a mark to fill, or a block that is left out when its value is empty. */
export type Part = string | { mark: string } | { block: string; parts: Part[] };

/** Values by mark: HTML that is escaped already. A block shows if its value is there and not empty. */
export type Values = Record<string, string | undefined>;

type Blocks<Name extends string> = Record<Name, Part[]>;

const TOKEN = /\{\{([#/]?)([a-z-]+)\}\}/;

const parseTokens = (tokens: string[], until: string | undefined): Part[] => {
  const parts: Part[] = [];
  for (let text = tokens.shift(); text !== undefined; text = tokens.shift()) {
    if (text) parts.push(text);
    const [sign, name] = tokens.splice(0, 2);
    if (name === undefined) break;
    if (sign === '/' && name !== until) throw new Error(`template: ${until ?? 'nothing'} is closed by ${name}`);
    if (sign === '/') return parts;
    parts.push(sign === '#' ? { block: name, parts: parseTokens(tokens, name) } : { mark: name });
  }
  if (until) throw new Error(`template: ${until} is not closed`);
  return parts;
};

/** Parses HTML with `{{mark}}` and `{{#block}}…{{/block}}`. */
export const parseTemplate = (html: string): Part[] => parseTokens(fold(html).split(TOKEN), undefined);

const parseAll = <Name extends string>(blocks: Record<Name, string>, paint: (html: string) => string): Blocks<Name> => {
  const parsed: Record<string, Part[]> = {};
  for (const name in blocks) parsed[name] = parseTemplate(paint(blocks[name]));
  const whole = (all: Record<string, Part[]>): all is Blocks<Name> => Object.keys(blocks).every((name) => name in all);
  if (!whole(parsed)) throw new Error('template: a block is missing');
  return parsed;
};

/** A brand's templates by direction: shells, and a block of every kind. */
export interface Templates {
  digest: Record<'ltr' | 'rtl', Blocks<keyof (typeof compiled)['digest']['ltr']>>;
  letter: Record<'ltr' | 'rtl', Blocks<keyof (typeof compiled)['letter']['ltr']>>;
}

export type DigestTemplate = Templates['digest']['ltr'];

/** The compiled templates in a brand's colours. */
export const templatesOf = ({ accent = ACCENT }: Brand): Templates => {
  const paint = (html: string): string =>
    html.replaceAll(ACCENT.light, accent.light).replaceAll(ACCENT.dark, accent.dark);
  const { digest, letter } = compiled;
  return {
    digest: { ltr: parseAll(digest.ltr, paint), rtl: parseAll(digest.rtl, paint) },
    letter: { ltr: parseAll(letter.ltr, paint), rtl: parseAll(letter.rtl, paint) },
  };
};

/** Fills a template whole. Throws if a mark has no value: a mail with a hole never leaves. */
export const fill = (parts: readonly Part[], values: Values): string =>
  parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('block' in part) return values[part.block] ? fill(part.parts, values) : '';
      const value = values[part.mark];
      if (value === undefined) throw new Error(`template: no value for ${part.mark}`);
      return value;
    })
    .join('');

/** Fills what is known and leaves the rest to be filled per reader; blocks stay undecided. */
export const fillPartly = (parts: readonly Part[], values: Values): Part[] => {
  const out: Part[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (typeof part !== 'string' && 'block' in part) out.push({ ...part, parts: fillPartly(part.parts, values) });
    else {
      const known = typeof part === 'string' ? part : values[part.mark];
      if (known !== undefined && typeof last === 'string') out[out.length - 1] = last + known;
      else out.push(known ?? part);
    }
  }
  return out;
};
