import { baseWithin } from './links.ts';
import { canonicalName, type Scope, scopeWithin } from './namespaces.ts';
import { scan } from './scan.ts';

/** One element of a feed document. Its name is canonical (see namespaces.ts); in Atom documents Atom's own names bear no prefix. */
export interface Element {
  name: string;
  /** The name as written, for markup that is handed on. */
  written: string;
  attributes: ReadonlyMap<string, string>;
  children: (Element | string)[];
  /** What relative links in it refer to: xml:base on the way down, else the document's address. */
  base: string | undefined;
  /** xml:lang, inherited. */
  language: string | undefined;
}

/** Deeper elements are dropped and their text kept: no feed nests so far, and nothing here recurses without bound. */
const DEEPEST = 48;

/** Where an item belongs, whatever a broken document has left open before it. */
const HOLDS_ITEMS = new Set(['channel', 'feed', 'rdf:rdf', 'rss', 'items']);
const ITEMS = new Set(['item', 'entry']);
/** Elements that hold no other field, so that a field inside one says that its end tag is missing. */
const PLAIN = new Set(['title', 'link', 'guid', 'pubdate']);
const FIELDS = new Set([...PLAIN, 'description', 'category', 'author', 'comments', 'enclosure', 'id', 'updated']);

interface Open {
  element: Element;
  scope: Scope;
}

/** Ends what must have ended before `name` can begin. */
const endUnclosed = (stack: Open[], name: string): void => {
  if (ITEMS.has(name)) {
    const holder = stack.findLastIndex(({ element }) => HOLDS_ITEMS.has(element.name));
    if (holder >= 0) stack.length = holder + 1;
  } else if (FIELDS.has(name) && PLAIN.has(stack.at(-1)?.element.name ?? '')) {
    stack.pop();
  }
};

/** A document as a tree; `cut` if it ended before its first element did, without the item that was being read then. */
export interface Tree {
  root: Element;
  cut: boolean;
}

/**
 * Reads a document as a tree, however broken: end tags may be missing, wrong or cut off.
 * `base` is the document's address. Nothing if it holds no element.
 */
export const readTree = (text: string, base: string | undefined): Tree | undefined => {
  let root: Element | undefined;
  let atom = false;
  const stack: Open[] = [];
  const start = (written: string, attributes: ReadonlyMap<string, string>): Open => {
    const parent = stack.at(-1);
    const scope = scopeWithin(parent?.scope ?? new Map(), attributes);
    let name = canonicalName(written, scope);
    atom ||= root === undefined && (name === 'atom:feed' || name === 'atom:entry');
    if (atom && name.startsWith('atom:')) name = name.slice(5);
    endUnclosed(stack, name);
    const holder = stack.at(-1)?.element;
    const element: Element = {
      name,
      written,
      attributes,
      children: [],
      base: baseWithin(attributes.get('xml:base'), holder ? holder.base : base),
      language: attributes.get('xml:lang') ?? holder?.language,
    };
    holder?.children.push(element);
    root ??= element;
    return { element, scope };
  };
  scan(text, 'xml', {
    open: (written, attributes, selfClosed) => {
      if (stack.length >= DEEPEST && !ITEMS.has(written.toLowerCase())) return;
      if (root !== undefined && stack.length === 0) return;
      const open = start(written, attributes);
      if (!selfClosed) stack.push(open);
    },
    close: (written) => {
      const at = stack.findLastIndex(({ element }) => element.written === written);
      const open = at >= 0 ? at : stack.findLastIndex(({ element }) => sameName(element.written, written));
      if (open >= 0) stack.length = open;
    },
    text: (characters) => {
      stack.at(-1)?.element.children.push(characters);
    },
  });
  if (root === undefined) return undefined;
  dropUnfinished(stack);
  return { root, cut: stack.length > 0 };
};

/** An item that the document's end cut off is not one: its title or link may be half. */
const dropUnfinished = (stack: readonly Open[]): void => {
  const at = stack.findIndex(({ element }) => ITEMS.has(element.name));
  if (at > 0) stack[at - 1]?.element.children.pop();
};

const sameName = (a: string, b: string): boolean => a.length === b.length && a.toLowerCase() === b.toLowerCase();

/** The child elements of these names, in document order. */
export const childrenOf = (element: Element, ...names: readonly string[]): Element[] =>
  element.children.filter((child): child is Element => typeof child !== 'string' && names.includes(child.name));

/** The first child of the first of these names that has one. */
export const childOf = (element: Element, ...names: readonly string[]): Element | undefined => {
  for (const name of names) {
    for (const child of element.children) if (typeof child !== 'string' && child.name === name) return child;
  }
  return undefined;
};

/** All characters inside an element, tags left out. */
export const textOf = (element: Element | undefined): string => {
  if (!element) return '';
  const [only] = element.children;
  if (element.children.length === 1 && typeof only === 'string') return only;
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
};

/** The text of the first child of the first of these names that has one, trimmed; nothing if it is empty. */
export const fieldOf = (element: Element, ...names: readonly string[]): string | undefined =>
  textOf(childOf(element, ...names)).trim() || undefined;
