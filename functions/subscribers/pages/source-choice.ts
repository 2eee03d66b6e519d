import { html } from 'hono/html';
import type { Source } from '../../model/source.ts';
import { isPrivateId } from '../own-source.ts';
import { fill } from '../words/words.ts';
import { type Choice, textArea, tick, tickGrid } from './fields.ts';
import { type Frame, flag, type Html } from './layout.ts';
import type { WishesView } from './wishes-form.ts';

/** A source's title, with its language where that is not the page's. */
const choiceOf = (frame: Frame, { id, title, language }: Source): Choice => [
  id,
  language && language !== frame.language ? `${title} (${language})` : title,
];

const groups = (frame: Frame, view: WishesView, chosen: ReadonlySet<string>): Html[] =>
  view.catalogue.groups.map(({ topic, sources }) => {
    const ticked = sources.filter(({ id }) => chosen.has(id)).length;
    const title = topic ? frame.words.topics[topic] : frame.words.wishes.general;
    const count = ticked > 0 ? fill(frame.words.wishes.chosen, { n: ticked }) : String(sources.length);
    // open where something is ticked: a choice must not hide
    return html`<details${flag('open', ticked > 0)}><summary>${title}<small>${count}</small></summary><div class="inside">${tickGrid(
      'checkbox',
      'sources',
      sources.map((source) => choiceOf(frame, source)),
      chosen,
    )}</div></details>`;
  });

/** The sources to follow: all of them, the catalogue by topic, the reader's own, and a field for more. */
export const sourceChoice = (frame: Frame, view: WishesView): Html => {
  const { wishes } = frame.words;
  const chosen = new Set(view.values.sources);
  const own = view.own ?? [];
  const listed = new Set([...view.catalogue.house.keys(), ...own.map(({ id }) => id), '*']);
  const typed = [...chosen].filter((value) => !listed.has(value) && !isPrivateId(value));
  const everything = tick('checkbox', {
    name: 'sources',
    value: '*',
    label: fill(wishes.everything, { brand: frame.brand }),
    on: chosen.has('*'),
  });
  const ownGrid =
    own.length === 0
      ? ''
      : html`<div class="block"><span class="name">${wishes.yourSources}</span>${tickGrid(
          'checkbox',
          'sources',
          own.map(({ id, title }): Choice => [id, title]),
          chosen,
        )}</div>`;
  return html`<fieldset><legend>${wishes.sources}</legend><p class="hint">${wishes.sourcesHint}</p>${everything}${groups(frame, view, chosen)}${ownGrid}
<div class="block">${textArea(frame, { field: 'sources', label: wishes.ownSources, hint: wishes.ownSourcesHint, value: typed.join('\n'), faults: view.faults })}</div></fieldset>`;
};
