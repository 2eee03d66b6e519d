import { readFileSync } from 'node:fs';
import handlebars from 'handlebars';
import mjml2html from 'mjml';
import type { Content } from './content.ts';
import { BELOW, PARTS, TUNE } from './handlebars.ts';

const read = (name: string): string => readFileSync(new URL(`../../../templates/${name}`, import.meta.url), 'utf8');

const GEORGIA = "font-family:Georgia,'Times New Roman',serif";
const LANG = `dir="auto" {{#if lang}}lang="{{lang}}"{{/if}}`;

/** A story as MJML's own guide would have it: one `mj-text`, which is the least it can be. */
const story = (size: number, tag: string): string =>
  `<mj-text css-class="t" padding="18px 0"><${tag} ${LANG} style="margin:0;${GEORGIA};font-size:${size}px;line-height:1.3">{{#if update}}<span class="k" style="display:block;color:#9c2b18;font-size:13px">{{update}}</span> {{/if}}<a class="h" href="{{url}}" style="color:#1d1c1a;text-decoration:none">{{title}}</a></${tag}><p ${LANG} style="margin:6px 0 0">{{summary}}</p><p class="m" style="margin:8px 0 0;color:#5d5850;font-size:13px">${BELOW}</p></mj-text>`;

const BODY = `<mj-body background-color="#f1eee8" width="600px" css-class="bg">
<mj-section padding="10px 24px"><mj-column><mj-text css-class="m" font-size="13px" color="#5d5850" align="center"><a href="{{web}}" style="color:#5d5850">{{viewInBrowser}}</a></mj-text></mj-column></mj-section>
<mj-section css-class="pg" background-color="#ffffff" padding="28px 36px 36px"><mj-column>
<mj-text css-class="t"><h1 style="margin:0;${GEORGIA};font-size:36px">{{brand}}</h1><p class="m ru" style="margin:6px 0 0;color:#5d5850;font-size:14px">{{date}}<br>{{contents}}</p></mj-text>
<mj-divider border-width="3px" border-style="double" border-color="#1d1c1a" padding="14px 0 0" />
{{#if filled}}<mj-text css-class="t" padding="18px 0 0">{{filled}}</mj-text>{{/if}}
{{#with lead}}{{#if picture}}<mj-image src="{{picture}}" alt="" padding="22px 0 0" />{{/if}}${story(28, 'h2')}<mj-button href="{{url}}">{{readAt}}</mj-button>{{/with}}
{{#each sections}}<mj-divider border-width="2px" border-color="#1d1c1a" padding="16px 0 0" /><mj-text css-class="k" color="#9c2b18" padding="9px 0 11px"><h2 style="margin:0;font-size:15px">{{heading}}</h2></mj-text>
{{#each items}}<mj-divider border-width="1px" border-color="#e2ddd3" padding="0" />${story(20, 'h3')}{{/each}}{{/each}}
<mj-divider border-width="3px" border-style="double" border-color="#1d1c1a" padding="8px 0 0" />
<mj-text css-class="t" align="center" font-size="20px" padding="26px 0 0">{{end}}</mj-text>
<mj-text css-class="m" align="center" color="#5d5850" font-size="14px">{{next}}</mj-text>
<mj-text css-class="m" align="center" color="#5d5850" font-size="13px" line-height="2" padding="16px 0 0">${TUNE}</mj-text>
</mj-column></mj-section>
<mj-section padding="22px 24px 36px"><mj-column><mj-text css-class="m" font-size="13px" color="#5d5850" align="center"><p style="margin:0">{{> parts why}}</p><p style="margin:8px 0 0">{{> parts privacy}}</p><p style="margin:8px 0 0">{{contact}}<br>{{postalAddress}}</p><p style="margin:8px 0 0">{{> parts links}}</p></mj-text></mj-column></mj-section>
</mj-body>`;

const engine = handlebars.create();
engine.registerPartial('parts', PARTS);

const templateOf = (direction: 'ltr' | 'rtl'): ((content: Content) => string) => {
  const page = `<mjml lang="{{language}}" dir="[[dir]]">${read('head.mjml')}${BODY}</mjml>`
    .replace('[[padding]]', '')
    .replace('[[style]]', () => read('style.css').replace(/\{\{/g, '{ {'))
    .replaceAll('[[dir]]', direction)
    .replaceAll('[[start]]', direction === 'ltr' ? 'left' : 'right');
  return engine.compile(page);
};

const templates = { ltr: templateOf('ltr'), rtl: templateOf('rtl') };

/**
 * HTML of a digest as MJML's users make it: filled MJML with our head and styles, compiled for each reader. Without `minify` it takes half
 * the time; with it the settings are those of our own build (infra/templates/compile.ts).
 */
export const byMjml =
  (minify: boolean) =>
  async (content: Content): Promise<string> => {
    const { html } = await mjml2html(templates[content.direction](content), {
      validationLevel: 'strict',
      keepComments: false,
      fonts: {},
      minify,
      minifyOptions: { minifyCss: false },
    });
    return html;
  };
