import type { Blocks } from './compile.ts';

const REGION = /\s*\{\{#specimens\}\}([\s\S]*)\{\{\/specimens\}\}\s*/;
const BLOCK = /\{\{#([a-z-]+)\}\}([\s\S]*?)\{\{\/\1\}\}\s*/g;

/** Outlook's conditional comments of a piece must open and close within it. */
const unbalanced = (html: string): boolean =>
  (html.match(/<!--\[if/g) ?? []).length !== (html.match(/<!\[endif\]/g) ?? []).length;

const checked = (name: string, html: string): string => {
  if (unbalanced(html)) throw new Error(`${name}: a conditional comment is cut in two`);
  const odd = /[^\x20-\x7e\n]/.exec(html);
  if (odd) throw new Error(`${name}: not ASCII: ${JSON.stringify(odd[0])}`);
  return html;
};

/** Takes the specimens out of a compiled page: what remains is its shell. Throws if a piece is not whole. */
export const cut = (html: string): Blocks => {
  const specimens = REGION.exec(html)?.[1] ?? '';
  const blocks = [...specimens.matchAll(BLOCK)].map(
    ([, name = '', block = '']) => [name, checked(name, block)] as const,
  );
  const shell = checked('shell', html.replace(REGION, ''));
  if (shell.includes('[[')) throw new Error('a build mark is not filled');
  return { shell, ...Object.fromEntries(blocks) };
};
