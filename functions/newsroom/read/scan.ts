import { decodeHTML, decodeHTMLStrict } from 'entities';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** What a scan of markup meets, in order. Names are as written; attribute names are lower case. */
export interface Seen {
  open(name: string, attributes: ReadonlyMap<string, string>, selfClosed: boolean): void;
  close(name: string): void;
  /** Characters with their references resolved; `literal` ones stood in a CDATA section. */
  text(characters: string, literal: boolean): void;
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
/** Far above any honest element; a document with 100,000 attributes costs no more than one with this many. */
const MOST_ATTRIBUTES = 64;
const LONGEST_VALUE = 8192;

/**
 * XML's references and HTML's named ones, which feeds use without declaring them. A document's own entities are never
 * expanded and nothing is fetched, so no reference is longer than what stands for it (CWE-776).
 */
const xmlCharacters = (text: string): string => (text.includes('&') ? decodeHTMLStrict(text) : text);

const htmlCharacters = (text: string): string => (text.includes('&') ? decodeHTML(text) : text);

/**
 * Reads markup in one pass and tells what it meets, never failing: broken markup gives odd events, not errors.
 * On htmlparser2's tokenizer rather than its parser, whose stack of open elements is quadratic in depth.
 */
export const scan = (markup: string, mode: 'xml' | 'html', seen: Seen): void => {
  const characters = mode === 'xml' ? xmlCharacters : htmlCharacters;
  let name = '';
  let attributes = NO_ATTRIBUTES;
  let kept = new Map<string, string>();
  let attribute = '';
  let value = '';
  const end = (selfClosed: boolean) => {
    seen.open(name, attributes, selfClosed);
    attributes = NO_ATTRIBUTES;
  };
  const callbacks: TokenizerCallbacks = {
    onopentagname: (from, to) => {
      name = markup.slice(from, to);
    },
    onattribname: (from, to) => {
      attribute = to - from > 64 ? '' : markup.slice(from, to).toLowerCase();
      value = '';
    },
    onattribdata: (from, to) => {
      value = markup.slice(from, Math.min(to, from + LONGEST_VALUE));
    },
    onattribentity: () => {},
    onattribend: () => {
      if (attribute === '') return;
      if (attributes === NO_ATTRIBUTES) attributes = kept = new Map();
      if (kept.size < MOST_ATTRIBUTES && !kept.has(attribute)) kept.set(attribute, characters(value));
    },
    onopentagend: () => end(false),
    onselfclosingtag: () => end(mode === 'xml'),
    onclosetag: (from, to) => seen.close(markup.slice(from, to)),
    ontext: (from, to) => seen.text(characters(markup.slice(from, to)), false),
    ontextentity: () => {},
    oncdata: (from, to, offset) => {
      if (mode === 'xml') seen.text(markup.slice(from, to - offset), true);
    },
    oncomment: () => {},
    ondeclaration: () => {},
    onprocessinginstruction: () => {},
    onend: () => {},
  };
  const tokenizer = new Tokenizer({ xmlMode: mode === 'xml', decodeEntities: false }, callbacks);
  tokenizer.write(markup);
  tokenizer.end();
};
