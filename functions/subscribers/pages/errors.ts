import { html } from 'hono/html';
import type { FormValues } from '../wishes.ts';
import { hiddenFields } from './fields.ts';
import { type Frame, type Html, textPage } from './layout.ts';

/** Too many requests for now: what was typed waits behind a button that posts it again. */
export const slowDownPage = (frame: Frame, action: string, label: string, form: FormValues): Html =>
  textPage(
    frame,
    frame.words.errors.slowTitle,
    [frame.words.errors.slow],
    html`<form method="post" action="${action}" novalidate>${hiddenFields(form)}<div class="buttons"><button class="quiet">${label}</button></div></form>`,
  );

/** Pages for what went wrong, by status. */
export const errorPage = (frame: Frame, status: number): Html => {
  const { errors } = frame.words;
  switch (status) {
    case 403:
      return textPage(frame, errors.foreignTitle, [errors.foreign]);
    case 404:
      return textPage(frame, errors.notFoundTitle, [errors.notFound]);
    case 405:
      return textPage(frame, errors.methodTitle, [errors.method]);
    case 413:
      return textPage(frame, errors.largeTitle, [errors.large]);
    case 400:
    case 415:
      return textPage(frame, errors.typeTitle, [errors.type]);
    case 429:
      return textPage(frame, errors.slowTitle, [errors.slow]);
    default:
      return textPage(frame, errors.brokenTitle, [errors.broken]);
  }
};
