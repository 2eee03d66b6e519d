import { looksLikeHtml, type Markup } from './plain-text.ts';
import { type Element, textOf } from './tree.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);

const asIs = (text: string): string => text;

/** The inside of an element as HTML: tags that stand in the document itself stay tags, its characters are written by `spell`. */
const innerHtml = (element: Element, spell: (text: string) => string): string =>
  element.children
    .map((child) => {
      if (typeof child === 'string') return spell(child);
      const name = child.written.replace(/^.*:/, '');
      const attributes = [...child.attributes].map(([key, value]) => ` ${key}="${escaped(value)}"`).join('');
      return child.children.length
        ? `<${name}${attributes}>${innerHtml(child, spell)}</${name}>`
        : `<${name}${attributes}/>`;
    })
    .join('');

const isMarkedUp = (element: Element): boolean => element.children.some((child) => typeof child !== 'string');

const fromBase64 = (text: string): string => new TextDecoder().decode(Buffer.from(text, 'base64'));

/** What Atom 1.0 (RFC 4287, 4.1.3) and Atom 0.3 let an element say of its content. */
const declaredKind = (type: string, mode: string): Markup['kind'] | 'inline' | 'base64' | undefined => {
  if (mode === 'base64') return 'base64';
  if (mode === 'xml' || type === 'xhtml' || /[/+]xml$/.test(type)) return 'inline';
  if (type === 'html' || type === 'text/html') return 'html';
  if (type === 'text' || type.startsWith('text/')) return 'text';
  return type.includes('/') ? 'base64' : undefined;
};

/**
 * The text of an element and what kind it is: by `type` and `mode` where given. Without them Atom's is plain text and a
 * description is HTML, while a title of RSS may be either and is judged by its looks.
 */
export const constructOf = (element: Element, role: 'title' | 'body', atom: boolean): Markup => {
  const mode = (element.attributes.get('mode') ?? '').toLowerCase();
  const type = (element.attributes.get('type') ?? '').trim().toLowerCase();
  const declared = declaredKind(type, mode);
  if (isMarkedUp(element)) return { kind: 'html', value: innerHtml(element, declared === 'html' ? asIs : escaped) };
  const value = textOf(element);
  switch (declared) {
    case 'html':
    case 'text':
      return { kind: declared, value };
    case 'inline':
      return { kind: 'text', value };
    case 'base64':
      return { kind: type === '' ? 'text' : 'html', value: fromBase64(value) };
    case undefined:
      if (atom) return { kind: 'text', value };
      return { kind: role === 'body' || looksLikeHtml(value) ? 'html' : 'text', value };
    default:
      return declared satisfies never;
  }
};
