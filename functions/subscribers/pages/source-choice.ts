import { html } from 'hono/html';
import type { Source } from '../../model/source.ts';
import { isPrivateId } from '../own-source.ts';
import { fill, listOf } from '../words/words.ts';
import { type Choice, fileField, textArea, tick, tickGrid } from './fields.ts';
import { type Frame, flag, type Html } from './layout.ts';
import type { WishesView } from './wishes-form.ts';

/** A source's title, with its language where that is not the page's. */
const choiceOf = (frame: Frame, { id, title, language }: Source): Choice => [
  id,
  language && language !== frame.language ? `${title} (${language})` : title,
];

/** General outlets are many: they are told apart by language, the page's own first. */
const byLanguage = (frame: Frame, sources: readonly Source[]): [title: string, sources: Source[]][] => {
  const names = new Intl.DisplayNames(frame.language, { type: 'language' });
  const languages = [...new Set(sources.map(({ language }) => language))].sort(
    (a, b) => Number(b === frame.language) - Number(a === frame.language),
  );
  return languages.map((language) => [
    [frame.words.wishes.general, language && names.of(language)].filter(Boolean).join(' · '),
    sources.filter((source) => source.language === language),
  ]);
};

const groups = (frame: Frame, view: WishesView, chosen: ReadonlySet<string>): Html[] =>
  view.catalogue.groups
    .flatMap(({ topic, sources }): [string, readonly Choice[]][] =>
      topic
        ? [[frame.words.topics[topic], sources.map((source) => choiceOf(frame, source))]]
        : byLanguage(frame, sources).map(([title, each]) => [title, each.map((source) => [source.id, source.title])]),
    )
    .map(([title, choices]) => {
      const ticked = choices.filter(([id]) => chosen.has(id)).length;
      const count = ticked > 0 ? fill(frame.words.wishes.chosen, { n: ticked }) : String(choices.length);
      // open where something is ticked: a choice must not hide
      return html`<details${flag('open', ticked > 0)}><summary>${title} <small>${count}</small></summary><div class="inside">${tickGrid('checkbox', 'sources', choices, chosen)}</div></details>`;
    });

/** What the file field is for; of a file that came with a form that is shown again, that it was read: no form can hold it. */
const fileHint = ({ language, words: { wishes } }: Frame, { values: { opml = [] } }: WishesView): string => {
  const names = opml.filter((name) => name !== '');
  return names.length > 0 ? fill(wishes.opmlRead, { what: listOf(language, names) }) : wishes.opmlHint;
};

/** The sources to follow: all of them, the catalogue by topic, the reader's own, and two fields for more, one for a file. */
export const sourceChoice = (frame: Frame, view: WishesView, all: string): Html => {
  const { wishes } = frame.words;
  const chosen = new Set(view.values.sources);
  const own = view.own ?? [];
  const listed = new Set([...view.catalogue.house.keys(), ...own.map(({ id }) => id), '*']);
  const typed = [...chosen].filter((value) => !listed.has(value) && !isPrivateId(value));
  const everything = tick('checkbox', {
    name: 'sources',
    value: '*',
    label: all,
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
          { kind: 'wide' },
        )}</div>`;
  return html`<p class="hint">${wishes.sourcesHint}</p>${everything}${groups(frame, view, chosen)}${ownGrid}
<div class="block">${textArea(frame, { field: 'sources', label: wishes.ownSources, hint: wishes.ownSourcesHint, value: typed.join('\n'), faults: view.faults })}</div>
<div class="block">${fileField(frame, { field: 'opml', label: wishes.opml, hint: fileHint(frame, view), faults: view.faults })}</div>`;
};
