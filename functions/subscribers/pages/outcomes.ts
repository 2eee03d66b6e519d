import { html } from 'hono/html';
import type { Brand } from '../../model/digest.ts';
import { shownAddress } from '../address.ts';
import type { Fault } from '../wishes.ts';
import { fill } from '../words/words.ts';
import { emailField, errorSummary, noteBox } from './fields.ts';
import { buttonForm, type Frame, type Html, page, textPage, to } from './layout.ts';

/** The page of a confirmation mail: one button and nothing else, because scanners open every link. */
export const confirmPage = (frame: Frame, token: string): Html => {
  const { confirm } = frame.words;
  return textPage(frame, confirm.title, [confirm.lead], buttonForm(`/c/${token}`, confirm.button, { autofocus: true }));
};

/** @param nextAt when the next digest comes, in words; `choices` is where they are changed, if that may be said here */
export const confirmedPage = (
  frame: Frame,
  { nextAt, welcome, choices }: { nextAt: string; welcome: boolean; choices: string | undefined },
): Html => {
  const { confirm, manage } = frame.words;
  const lines = [...(welcome ? [confirm.welcome] : []), fill(confirm.next, { when: nextAt })];
  return textPage(
    frame,
    confirm.doneTitle,
    lines,
    html`<p>${confirm.manage}</p>${choices === undefined ? '' : html`<p><a href="${choices}">${manage.title}</a></p>`}`,
  );
};

export const endedPage = (frame: Frame): Html => {
  const { confirm, leave } = frame.words;
  return textPage(
    frame,
    leave.doneTitle,
    [confirm.inactive],
    html`<p><a class="button" href="${to(frame, '/')}">${leave.signUp}</a></p>`,
  );
};

/** A form that mails a link to an address: for lost mails and for links that ended. */
const linkForm = (frame: Frame, button: string, email: string, faults: readonly Fault[]): Html =>
  html`<form method="post" action="${to(frame, '/link')}" novalidate><div class="group">${emailField(frame, { field: 'email', label: frame.words.signUp.email, value: email, faults })}</div><div class="go"><button>${button}</button></div></form>`;

/** The same for a link that ended, was cut, was forged, or belongs to nobody. */
export const deadLinkPage = (frame: Frame): Html => {
  const { dead } = frame.words;
  return textPage(frame, dead.title, [dead.lead], linkForm(frame, dead.button, '', []));
};

/** Of somebody who has still to confirm: nothing of theirs has begun, and nothing has ended. */
export const pendingPage = (frame: Frame): Html => {
  const { confirm, manage, lost } = frame.words;
  return textPage(frame, confirm.title, [manage.pending, confirm.again], linkForm(frame, lost.button, '', []));
};

/** @param refusal why a form without a fault was not taken: it comes back as it was */
export const lostPage = (
  frame: Frame,
  { email = '', faults = [], refusal = [] }: { email?: string; faults?: readonly Fault[]; refusal?: readonly string[] },
): Html => {
  const { lost } = frame.words;
  return page(
    frame,
    { title: lost.title, error: faults.length > 0 || refusal.length > 0 },
    html`${errorSummary(frame, faults)}${noteBox(refusal, { refused: true })}<h1>${lost.title}</h1><p class="lead">${lost.lead}</p>${linkForm(frame, lost.button, email, faults)}`,
  );
};

export const linkSentPage = (frame: Frame, address: string): Html =>
  textPage(frame, frame.words.lost.doneTitle, [fill(frame.words.lost.done, { address: shownAddress(address) })]);

/** @param mayReturn the reader left within the hour and may undo it here */
export const leftPage = (
  frame: Frame,
  { token, already, mayReturn }: { token: string; already: boolean; mayReturn: boolean },
): Html => {
  const { leave } = frame.words;
  const back = (how: string, label: string, kind: 'quiet' | ''): Html =>
    buttonForm(`/u/${token}/back`, label, { kind, hidden: { how } });
  const offers = mayReturn
    ? html`<div class="buttons">${back('weekly', leave.weekly, '')}${back('pause', leave.pause, 'quiet')}${back('same', leave.back, 'quiet')}</div>`
    : html`<p><a class="button" href="${to(frame, '/')}">${leave.signUp}</a></p>`;
  return textPage(frame, leave.doneTitle, [already || !mayReturn ? leave.already : leave.done], offers);
};

export const leavePage = (frame: Frame, token: string): Html => {
  const { leave } = frame.words;
  return textPage(frame, leave.title, [leave.lead], buttonForm(`/u/${token}`, leave.button, { autofocus: true }));
};

/** @param brand mails that come to us are told of where they are taken */
export const privacyPage = (frame: Frame, { postalAddress: postal, contact, inbound: domain }: Brand): Html => {
  const { privacy } = frame.words;
  const parts = [...privacy.parts.slice(0, -1), ...(domain ? [privacy.mail] : []), ...privacy.parts.slice(-1)];
  const places = { brand: frame.brand, postal, contact, domain: domain ?? '' };
  return page(
    frame,
    { title: privacy.title },
    html`<h1>${privacy.title}</h1><dl>${parts.map(
      ([name, text]) => html`<dt>${name}</dt><dd>${fill(text, places)}</dd>`,
    )}</dl>`,
  );
};
