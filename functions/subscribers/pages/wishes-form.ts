import { html } from 'hono/html';
import { hourName, zoneName } from '../../digest/press/calendar.ts';
import type { Preferences } from '../../model/subscriber.ts';
import { CHROME_LANGUAGES } from '../../model/subscriber.ts';
import { TOPICS } from '../../model/topic.ts';
import type { Catalogue } from '../catalogue.ts';
import { weekdays } from '../local-time.ts';
import { muteText } from '../mutes.ts';
import type { Fault, FormValues } from '../wishes.ts';
import { fill, LANGUAGE_NAMES, listOf, shortened } from '../words/words.ts';
import { ZONES } from '../zone.ts';
import { type Choice, faultLine, selectField, textArea, textField, tickGrid } from './fields.ts';
import { type Frame, flag, type Html } from './layout.ts';
import { sourceChoice } from './source-choice.ts';

/** What a wishes form shows: the values to stand in its fields, and what was wrong with them. */
export interface WishesView {
  values: FormValues;
  faults: readonly Fault[];
  catalogue: Catalogue;
  /** The browser may set the zone: nobody chose one yet. */
  prefillZone: boolean;
  /** The reader's own sources that may be shown, by id. */
  own?: readonly { id: string; title: string }[];
  /** What a muted or voted source is called; by default its title in the catalogue. */
  titleOf?: (source: string) => string;
}

/** Preferences as the values of a form, so that a stored choice and a refused form are shown by the same code. */
export const formOf = (preferences: Preferences): FormValues => ({
  cadence: [preferences.cadence],
  weekday: [String(preferences.weekday)],
  hour: [String(preferences.hour)],
  zone: [preferences.zone],
  topics: preferences.topics,
  sources: preferences.sources,
  keywords: [preferences.keywords.join(', ')],
  mutes: preferences.mutes.map(muteText),
  reads: preferences.reads,
  country: [preferences.country ?? ''],
  language: [preferences.language],
  format: [preferences.format],
  pictures: [preferences.pictures],
  stories: [String(preferences.maxStories)],
});

const one = (view: WishesView, field: string): string => view.values[field]?.[0] ?? '';

/** A list with the chosen value in it, even where it is none of the usual ones. */
const withChosen = (choices: readonly Choice[], chosen: string): readonly Choice[] =>
  chosen === '' || choices.some(([value]) => value === chosen) ? choices : [...choices, [chosen, chosen]];

const filledIn = (values: readonly string[] | undefined): string[] => (values ?? []).filter((value) => value !== '');

/** A part of the form behind its title, with a note of what it holds; open where something in it was wrong, or came from a file. */
const fold = (
  { words }: Frame,
  { faults, values }: WishesView,
  { title, note, fields, body }: { title: string; note: string; fields: readonly string[]; body: Html },
): Html => {
  const wrong = faults.some(({ field }) => fields.includes(field));
  const unpacked = fields.includes('opml') && filledIn(values.opml).length > 0;
  return html`<details class="fold"${flag('open', wrong || unpacked)}><summary><span class="title">${title}</span> <small>${shortened(note, 58) || words.wishes.none}</small></summary><div class="inside" role="group" aria-label="${title}">${body}</div></details>`;
};

const sourceGroup = (frame: Frame, view: WishesView): Html => {
  const { wishes } = frame.words;
  const chosen = filledIn(view.values.sources);
  const all = fill(wishes.everything, { brand: frame.brand });
  const note = chosen.length === 0 ? '' : fill(wishes.chosen, { n: chosen.length });
  return fold(frame, view, {
    title: wishes.sources,
    note: chosen.includes('*') ? all : note,
    fields: ['sources', 'opml'],
    body: sourceChoice(frame, view, all),
  });
};

const topicGroup = (frame: Frame, view: WishesView): Html => {
  const { wishes, topics } = frame.words;
  const choices = TOPICS.map((topic): Choice => [topic, topics[topic]]);
  return html`<fieldset><legend>${wishes.topics}</legend><p class="hint">${wishes.topicsHint}</p>${faultLine(frame, view.faults, 'topics')}${tickGrid('checkbox', 'topics', choices, new Set(view.values.topics), { kind: 'topics', first: true })}</fieldset>`;
};

const whenGroup = (frame: Frame, view: WishesView): Html => {
  const { wishes } = frame.words;
  const { faults } = view;
  const cadences: Choice[] = [
    ['daily', wishes.daily],
    ['workdays', wishes.workdays],
    ['weekly', wishes.weekly],
  ];
  const days = weekdays(frame.language).map((day, at): Choice => [String(at + 1), day]);
  const hours = Array.from({ length: 24 }, (_, hour): Choice => [String(hour), hourName(hour)]);
  const zones = ZONES.map((zone): Choice => [zone, zoneName(zone)]);
  return html`<fieldset><legend>${wishes.when}</legend>${faultLine(frame, faults, 'cadence')}${tickGrid('radio', 'cadence', cadences, new Set([one(view, 'cadence')]), { first: true })}
<div class="row"><div class="weekday">${selectField(frame, { field: 'weekday', label: wishes.weekday, value: one(view, 'weekday'), choices: days, faults })}</div>
<div>${selectField(frame, { field: 'hour', label: wishes.hour, value: one(view, 'hour'), choices: hours, faults })}</div>
<div>${selectField(frame, { field: 'zone', label: wishes.zone, value: one(view, 'zone'), choices: withChosen(zones, one(view, 'zone')), faults, prefill: view.prefillZone })}</div></div></fieldset>`;
};

/** A muted topic or source by its name, to be unticked; nothing for words. */
const mutedThing = (frame: Frame, { catalogue, titleOf }: WishesView, value: string): Choice | undefined => {
  const [, kind, name = ''] = /^(topic|source):(\S+)$/.exec(value) ?? [];
  if (kind === 'source') return [value, titleOf?.(name) ?? catalogue.house.get(name)?.title ?? name];
  const known = TOPICS.find((topic) => topic === name);
  return known && [value, frame.words.topics[known]];
};

const keywordGroup = (frame: Frame, view: WishesView): Html => {
  const { wishes } = frame.words;
  const { faults, values } = view;
  const value = filledIn(values.keywords).join(', ');
  const mutes = filledIn(values.mutes);
  const things = mutes.flatMap((mute) => [mutedThing(frame, view, mute)].filter((thing) => thing !== undefined));
  const phrases = mutes.filter((mute) => !mutedThing(frame, view, mute));
  const muted = [...phrases, ...things.map(([, name]) => name)].map((name) => `− ${name}`);
  const ticks = tickGrid('checkbox', 'mutes', things, new Set(mutes));
  return fold(frame, view, {
    title: wishes.keywordsTitle,
    note: listOf(frame.language, [...value.split(', '), ...muted].filter(Boolean)),
    fields: ['keywords', 'mutes'],
    body: html`${textField(frame, { field: 'keywords', label: wishes.keywords, hint: wishes.keywordsHint, value, faults })}
<div class="block">${textArea(frame, { field: 'mutes', label: wishes.mutes, hint: wishes.mutesHint, value: phrases.join('\n'), faults })}${ticks}</div>`,
  });
};

const named = (frame: Frame, type: 'language' | 'region', codes: readonly string[]): Choice[] => {
  const names = new Intl.DisplayNames(frame.language, { type });
  return codes.map((code): Choice => [code, names.of(code) ?? code]);
};

const readsGroup = (frame: Frame, view: WishesView): Html => {
  const { wishes } = frame.words;
  const chosen = filledIn(view.values.reads).filter((code) => /^[a-z]{2,3}$/.test(code));
  const languages = named(frame, 'language', [...new Set([...chosen, ...view.catalogue.languages])]);
  const countries: Choice[] = [['', wishes.noCountry], ...named(frame, 'region', view.catalogue.countries)];
  return fold(frame, view, {
    title: wishes.reads,
    note: listOf(
      frame.language,
      named(frame, 'language', chosen).map(([, name]) => name),
    ),
    fields: ['reads', 'country'],
    body: html`${faultLine(frame, view.faults, 'reads')}${tickGrid('checkbox', 'reads', languages, new Set(chosen), { first: true })}
<div class="block">${selectField(frame, { field: 'country', label: wishes.country, hint: wishes.countryHint, value: one(view, 'country'), choices: withChosen(countries, one(view, 'country')), faults: view.faults })}</div>`,
  });
};

const mailGroup = (frame: Frame, view: WishesView): Html => {
  const { wishes } = frame.words;
  const languages = CHROME_LANGUAGES.map((code): Choice => [code, LANGUAGE_NAMES[code]]);
  const formats: Choice[] = [
    ['full', wishes.full],
    ['brief', wishes.brief],
    ['text', wishes.text],
  ];
  const pictures: Choice[] = [
    ['lead', wishes.pictureLead],
    ['all', wishes.pictureAll],
    ['none', wishes.pictureNone],
  ];
  const counts = [5, 10, 15, 20, 30, 40].map((n): Choice => [String(n), fill(wishes.storiesUnit, { n })]);
  const select = (field: string, label: string, choices: readonly Choice[]): Html =>
    html`<div>${selectField(frame, { field, label, value: one(view, field), choices: withChosen(choices, one(view, field)), faults: view.faults })}</div>`;
  const label = (choices: readonly Choice[], field: string): string =>
    choices.find(([value]) => value === one(view, field))?.[1] ?? one(view, field);
  return fold(frame, view, {
    title: wishes.more,
    note: [label(languages, 'language'), label(formats, 'format'), label(counts, 'stories')].join(' · '),
    fields: ['language', 'format', 'stories', 'pictures'],
    body: html`<div class="row">${select('language', wishes.language, languages)}${select('format', wishes.format, formats)}${select('stories', wishes.stories, counts)}${select('pictures', wishes.pictures, pictures)}</div>`,
  });
};

/** The fields that sign-up and preferences share: what most people set stands open, the rest says what it holds. */
export const wishesFields = (frame: Frame, view: WishesView): Html =>
  html`${topicGroup(frame, view)}${whenGroup(frame, view)}<div class="folds">${sourceGroup(frame, view)}${keywordGroup(frame, view)}${readsGroup(frame, view)}${mailGroup(frame, view)}</div>`;
