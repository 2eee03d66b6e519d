import { html } from 'hono/html';
import type { Fault } from '../wishes.ts';
import { dateField, errorSummary } from './fields.ts';
import { buttonForm, type Frame, type Html, page, textPage } from './layout.ts';

/** The earliest date a pause can end, and the one in the field. */
export interface PauseDates {
  min: string;
  value: string;
}

/** Text, date and button, as the page of choices and the pause page show them. */
export const pauseForm = (
  frame: Frame,
  action: string,
  { min, value }: PauseDates,
  faults: readonly Fault[] = [],
): Html => {
  const { pause } = frame.words;
  return html`<p>${pause.lead}</p><form method="post" action="${action}" novalidate>${dateField(frame, { field: 'until', label: pause.until, value, min, faults })}<div class="buttons"><button class="quiet">${pause.button}</button></div></form>`;
};

/** The page of the pause link in a mail. */
export const pausePage = (frame: Frame, token: string, dates: PauseDates, faults: readonly Fault[]): Html => {
  const { title } = frame.words.pause;
  return page(
    frame,
    { title, error: faults.length > 0 },
    html`${errorSummary(frame, faults)}<h1>${title}</h1>${pauseForm(frame, `/p/${token}`, dates, faults)}`,
  );
};

/** The answer to a pause: how the subscription stands, and a button that takes it back. */
export const pausedPage = (frame: Frame, token: string, lines: readonly string[]): Html =>
  textPage(
    frame,
    frame.words.pause.doneTitle,
    lines,
    buttonForm(`/p/${token}/resume`, frame.words.manage.resume, { kind: 'quiet' }),
  );
