import { html } from 'hono/html';
import type { Fault, FormValues } from '../wishes.ts';
import { fill, shortened, type Words } from '../words/words.ts';
import { type Frame, flag, type Html } from './layout.ts';

/** One choice of a list: its value and what it is called. */
export type Choice = readonly [value: string, label: string];

/** What a fault shows of a value: it is said twice, and stands in its field whole. */
const SHOWN_VALUE = 200;

const faultText = (words: Words, { key, value = '' }: Fault): string =>
  fill(words.faults[key], { value: shortened(value, SHOWN_VALUE) });

/** The ids of a field's first control, hint and fault, so that labels and summaries can point at them. */
const ids = (field: string) => ({ control: `f-${field}`, fault: `f-${field}-fault`, hint: `f-${field}-hint` });

/** A posted form once more, hidden: nobody fills it in again (WCAG 3.3.7). */
export const hiddenFields = (form: FormValues): Html[] =>
  Object.entries(form).flatMap(([name, values]) =>
    values.map((value) => html`<input type="hidden" name="${name}" value="${value}">`),
  );

/** The list at the top of a form that was refused, each line a link to its field (WCAG 3.3.1). */
export const errorSummary = ({ words }: Frame, faults: readonly Fault[]): Html | string =>
  faults.length === 0
    ? ''
    : html`<div class="errors" role="alert" tabindex="-1"><h2>${words.errorSummary}</h2><ul>${faults.map(
        (fault) => html`<li><a href="#${ids(fault.field).control}">${faultText(words, fault)}</a></li>`,
      )}</ul></div>`;

/** What was just done, or why it was not: read out as the page opens. */
export const noteBox = (
  lines: readonly string[],
  { refused, more = '' }: { refused: boolean; more?: Html | string },
): Html | string =>
  lines.length === 0
    ? ''
    : html`<div class="note${refused ? ' bad' : ''}" role="${refused ? 'alert' : 'status'}">${lines.map((line) => html`<p>${line}</p>`)}${more}</div>`;

/** The fault of one field, above it. */
export const faultLine = ({ words }: Frame, faults: readonly Fault[], field: string): Html | string => {
  const fault = faults.find((each) => each.field === field);
  return fault ? html`<p class="fault" id="${ids(field).fault}">${faultText(words, fault)}</p>` : '';
};

const described = (faults: readonly Fault[], field: string, hint: boolean): Html | string => {
  const wrong = faults.some((each) => each.field === field);
  const by = [wrong ? ids(field).fault : '', hint ? ids(field).hint : ''].filter(Boolean).join(' ');
  const invalid = wrong ? html` aria-invalid="true"` : '';
  return by === '' ? '' : html`${invalid} aria-describedby="${by}"`;
};

interface Labelled {
  field: string;
  label: string;
  hint?: string;
  faults: readonly Fault[];
}

const head = (frame: Frame, { field, label, hint, faults }: Labelled): Html =>
  html`<label class="name" for="${ids(field).control}">${label}</label>${
    hint ? html`<p class="hint" id="${ids(field).hint}">${hint}</p>` : ''
  }${faultLine(frame, faults, field)}`;

/** The field for an address, which is written from left to right in every language. */
export const emailField = (frame: Frame, of: Labelled & { value: string }): Html =>
  html`${head(frame, of)}<input id="${ids(of.field).control}" type="email" name="${of.field}" value="${of.value}" dir="ltr" autocomplete="email" inputmode="email" maxlength="254" spellcheck="false" required${described(of.faults, of.field, of.hint !== undefined)}>`;

export const textField = (frame: Frame, of: Labelled & { value: string; name?: string }): Html =>
  html`${head(frame, of)}<input id="${ids(of.field).control}" dir="auto" type="text" name="${of.name ?? of.field}" value="${of.value}"${described(of.faults, of.field, of.hint !== undefined)}>`;

export const dateField = (frame: Frame, of: Labelled & { value: string; min: string }): Html =>
  html`${head(frame, of)}<input id="${ids(of.field).control}" type="date" name="${of.field}" value="${of.value}" min="${of.min}" required${described(of.faults, of.field, false)}>`;

/** Room for what stands in it, and no more than a phone shows at once: a list of three hundred lines is not thinned out through a slit. */
const rowsFor = (value: string): number => Math.min(12, Math.max(3, value.split('\n').length));

export const textArea = (frame: Frame, of: Labelled & { value: string; name?: string }): Html =>
  html`${head(frame, of)}<textarea id="${ids(of.field).control}" dir="auto" name="${of.name ?? of.field}" rows="${rowsFor(of.value)}" spellcheck="false"${described(of.faults, of.field, of.hint !== undefined)}>${of.value}</textarea>`;

/**
 * A field for a file. It names no kinds of files: phones know OPML by no name, and grey out what they do not know. We look at what is in it.
 */
export const fileField = (frame: Frame, of: Labelled): Html =>
  html`${head(frame, of)}<input id="${ids(of.field).control}" type="file" name="${of.field}"${described(of.faults, of.field, of.hint !== undefined)}>`;

/** A list to choose one of; `prefill` lets the script set it to the browser's zone. */
export const selectField = (
  frame: Frame,
  of: Labelled & { value: string; choices: readonly Choice[]; prefill?: boolean },
): Html =>
  html`${head(frame, of)}<select id="${ids(of.field).control}" name="${of.field}"${of.prefill ? html` data-prefill` : ''}${described(of.faults, of.field, of.hint !== undefined)}>${of.choices.map(
    ([value, label]) => html`<option value="${value}"${flag('selected', value === of.value)}>${label}</option>`,
  )}</select>`;

/** One row that can be ticked; the whole row is its label (WCAG 2.5.8). */
export const tick = (
  type: 'checkbox' | 'radio',
  { name, value, label, on, id }: { name: string; value: string; label: string; on: boolean; id?: string },
): Html =>
  html`<label class="tick"><input type="${type}" name="${name}" value="${value}"${id ? html` id="${id}"` : ''}${flag('checked', on)}><span>${label}</span></label>`;

/** A grid of rows to tick; with `first`, the first carries the id that error summaries point at. */
export const tickGrid = (
  type: 'checkbox' | 'radio',
  name: string,
  choices: readonly Choice[],
  chosen: ReadonlySet<string>,
  { kind = '', first = false } = {},
): Html =>
  html`<div class="grid ${kind}">${choices.map(([value, label], at) =>
    tick(type, { name, value, label, on: chosen.has(value), ...(first && at === 0 ? { id: ids(name).control } : {}) }),
  )}</div>`;
