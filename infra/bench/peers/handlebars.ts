import handlebars from 'handlebars';
import compiled from '../../../templates/compiled.generated.json' with { type: 'json' };
import type { Content } from './content.ts';

/** Pieces of a sentence, in our link style. */
export const PARTS = `{{#each this}}{{#if url}}<a href="{{url}}" style="color:#5d5850">{{text}}</a>{{else if bold}}<b>{{text}}</b>{{else}}{{text}}{{/if}}{{/each}}`;

/** The lines below a story, the same in each template. */
export const BELOW = `{{> parts meta}}{{#if also}}<br>{{> parts also}}{{/if}}<br>{{reason}}`;

export const TUNE = `{{> parts more}}<br>{{> parts less}}`;

const LANG = `{{#if lang}}lang="{{lang}}"{{/if}}`;
const LINK = `<a class="h" href="{{url}}" style="color:#1d1c1a;text-decoration:none">{{title}}</a>`;
const UPDATE = `{{#if update}}<span class="k" style="font-family:'Segoe UI',Helvetica,Arial,sans-serif;display:block;color:#9c2b18;font-size:13px;line-height:1.6">{{update}}</span> {{/if}}`;

const MARKS: Record<string, string> = {
  'of-language': LANG,
  headline: LINK,
  update: UPDATE,
  meta: BELOW,
  'read-at': '{{readAt}}',
  'view-in-browser': '{{viewInBrowser}}',
  'postal-address': '{{postalAddress}}',
  tune: TUNE,
  why: '{{> parts why}}',
  privacy: '{{> parts privacy}}',
  links: '{{> parts links}}',
};

/** Our own compiled template in the words of handlebars: blocks are conditions, marks are values. */
const translated = (html: string): string =>
  html
    .replace(/\{\{#([a-z-]+)\}\}/g, '{{#if $1}}')
    .replace(/\{\{\/[a-z-]+\}\}/g, '{{/if}}')
    .replace(/\{\{([a-z-]+)\}\}/g, (mark, name: string) => MARKS[name] ?? mark);

const engine = handlebars.create();
engine.registerPartial('parts', PARTS);

const templateOf = (direction: 'ltr' | 'rtl'): ((content: Content) => string) => {
  const { shell, note, lead, heading, card } = compiled.digest[direction];
  const said = (html: string, words: string): string => translated(html.replace('{{words}}', `{{${words}}}`));
  const stories = `{{#if filled}}${said(note, 'filled')}{{/if}}{{#with lead}}${translated(lead)}{{/with}}{{#each sections}}${said(heading, 'heading')}{{#each items}}${translated(card)}{{/each}}{{/each}}`;
  return engine.compile(translated(shell).replace('{{stories}}', () => stories));
};

const templates = { ltr: templateOf('ltr'), rtl: templateOf('rtl') };

/** HTML of a digest by handlebars: our own template, compiled once and filled for each reader. */
export const byHandlebars = async (content: Content): Promise<string> => templates[content.direction](content);
