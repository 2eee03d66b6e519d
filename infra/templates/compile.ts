import { readFile } from 'node:fs/promises';
import mjml2html from 'mjml';
import { cut } from './cut.ts';
import { inTheDark } from './dark.ts';

const FOLDER = new URL('../../templates/', import.meta.url);

/** Where `npm run templates` writes, and the press reads. */
export const COMPILED = new URL('compiled.generated.json', FOLDER);

/** A template's shell and its blocks by name, each HTML with `{{marks}}`. */
export type Blocks = Record<string, string>;

export type Compiled = Record<'digest' | 'letter', Record<'ltr' | 'rtl', Blocks>>;

/** Fills what an inbox shows after the preheader, so that body text does not leak in: combining joiner, zero width, blank. */
const PADDING = '&#847;&#8204;&#160; '.repeat(45).trimEnd();

const read = (name: string): Promise<string> => readFile(new URL(name, FOLDER), 'utf8');

const direct = (source: string, dir: 'ltr' | 'rtl'): string =>
  source
    .replaceAll('[[dir]]', dir)
    .replaceAll('[[start]]', dir === 'ltr' ? 'left' : 'right')
    .replaceAll('[[end]]', dir === 'ltr' ? 'right' : 'left');

/** MJML's head has two of these; mail clients take the charset and the mode from elsewhere, and checkers refuse the attribute. */
const withoutHttpEquiv = (html: string): string =>
  html
    .replace(/<!--\[if !mso\]><!--><meta http-equiv[^>]*><!--<!\[endif\]-->/g, '')
    .replace(/<meta http-equiv[^>]*>/g, '');

/** The hidden preview line is written in MJML as white on nothing, which spam filters take for deceit. */
const withPlainPreview = (html: string): string =>
  html.replace('font-size:1px;color:#ffffff', 'font-size:1px;color:#1d1c1a');

const compileOne = async (name: string, dir: 'ltr' | 'rtl'): Promise<Blocks> => {
  const [body, head, style] = await Promise.all([read(`${name}.mjml`), read('head.mjml'), read('style.css')]);
  const page = body
    .replace('[[head]]', () => head)
    .replace('[[padding]]', PADDING)
    .replace('[[style]]', () =>
      inTheDark(style)
        .replace(/\s+/g, ' ')
        .replace(/ ?([{}:;,>]) ?/g, '$1'),
    );
  const source = direct(page, dir);
  const { html } = await mjml2html(source, {
    validationLevel: 'strict',
    keepComments: false,
    fonts: {},
    minify: true,
    minifyOptions: { minifyCss: false },
  });
  return cut(withPlainPreview(withoutHttpEquiv(html)));
};

/** Compiles every template in both directions. Nothing but our own files goes in. */
export const compileTemplates = async (): Promise<Compiled> => {
  const both = async (name: string) => ({ ltr: await compileOne(name, 'ltr'), rtl: await compileOne(name, 'rtl') });
  return { digest: await both('digest'), letter: await both('letter') };
};
