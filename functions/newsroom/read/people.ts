import type { Person } from './document.ts';
import { cleanLine } from './plain-text.ts';
import { childOf, type Element, fieldOf, textOf } from './tree.ts';

const EMAIL = /[^\s<>()"',;:@]+@[^\s<>()"',;:@]+\.[^\s<>()"',;:@]+/;

/** `ada@example.org (Ada)`, `Ada <ada@example.org>`, `Ada`: the name and address in one line. */
export const personFrom = (line: string): Person | undefined => {
  const text = cleanLine(line.slice(0, 400));
  const [email] = EMAIL.exec(text) ?? [];
  const name = (email ? text.replace(email, '').replace(/mailto:|\(\s*\)|<\s*>/gi, '') : text).trim();
  const bare = /^\((.*)\)$/.exec(name)?.[1] ?? name;
  if (!bare && !email) return undefined;
  return { name: bare.replace(/^["']|["']$/g, '').trim() || undefined, email };
};

/** An author element: Atom's with children, or a line of text. */
const personOf = (element: Element): Person | undefined => {
  const name = fieldOf(element, 'name', 'atom:name', 'itunes:name', 'title');
  const email = fieldOf(element, 'email', 'atom:email', 'itunes:email');
  if (name === undefined && email === undefined) return personFrom(textOf(element));
  return { name: name && cleanLine(name), email };
};

const AUTHORS = [
  'author',
  'atom:author',
  'dc:creator',
  'dc:author',
  'itunes:author',
  'managingeditor',
  'webmaster',
  'dc:publisher',
  'itunes:owner',
  'contributor',
];

/** The first author that an entry or feed names. */
export const authorOf = (element: Element): Person | undefined => {
  for (const name of AUTHORS) {
    const child = childOf(element, name);
    const person = child && personOf(child);
    if (person) return person;
  }
  return undefined;
};
