import { html } from 'hono/html';
import { shownAddress } from '../address.ts';
import { SUBSCRIBE } from '../mail-addresses.ts';
import type { FormValues } from '../wishes.ts';
import { fill } from '../words/words.ts';
import { emailField, errorSummary, hiddenFields, noteBox } from './fields.ts';
import { exampleButton, type Frame, type Html, page, textPage, to } from './layout.ts';
import { type WishesView, wishesFields } from './wishes-form.ts';

/** A sheet that hints at the mail, for the eye only. */
const drawing = ({ brand, words: { topics } }: Frame): Html =>
  html`<div class="sheet" aria-hidden="true"><b>${brand}</b><i></i><i></i><i class="short"></i><u>${topics.world}</u><i></i><i class="short"></i><u>${topics.science}</u><i></i><i class="short"></i></div>`;

/** The form, and what it is shown with. */
export interface SignUpView extends WishesView {
  email: string;
  stamp: string;
  /** Why a form without a fault was not taken. */
  refusal: readonly string[];
  /** The domain at which a mail signs up as well. */
  inbound: string | undefined;
}

/** The other way in. */
const byMail = ({ words }: Frame, domain: string): Html => {
  const address = `${SUBSCRIBE}@${domain}`;
  const [before = '', after = ''] = words.signUp.byMail.split('{address}');
  return html`<p class="small block">${before}<a href="mailto:${address}"><bdi>${address}</bdi></a>${after}</p>`;
};

/** The sign-up page: what it is, one address, the choices, one button. */
export const signUpPage = (frame: Frame, view: SignUpView): Html => {
  const { signUp } = frame.words;
  const { faults } = view;
  return page(
    frame,
    { title: signUp.title, error: faults.length > 0 || view.refusal.length > 0, script: view.prefillZone },
    html`${errorSummary(frame, faults)}${noteBox(view.refusal, { refused: true })}
<div class="hero"><div><h1>${signUp.title}</h1>
<p class="lead">${fill(signUp.lead, { brand: frame.brand })}</p>
<ul class="facts">${signUp.facts.map((fact) => html`<li>${fact}</li>`)}</ul><p><a href="${to(frame, '/example')}">${frame.words.example.link}</a></p></div>${drawing(frame)}</div>
<form method="post" action="${to(frame, '/')}" enctype="multipart/form-data" novalidate>
<div class="group">${emailField(frame, { field: 'email', label: signUp.email, hint: signUp.emailHint, value: view.email, faults })}</div>
<div class="trap" aria-hidden="true"><label>${signUp.trap}<input type="text" name="website" tabindex="-1" autocomplete="off"></label></div>
<input type="hidden" name="stamp" value="${view.stamp}">
${wishesFields(frame, view)}
<div class="go"><button>${signUp.button}</button>${exampleButton(frame, to(frame, '/example'))}</div>
${view.inbound ? byMail(frame, view.inbound) : ''}<p class="small block">${signUp.privacy} <a href="${to(frame, '/privacy')}">${frame.words.privacyLink}</a></p>
</form>`,
  );
};

/** A sign-up that was taken: who gets the mail, the form as it was posted, and a stamp for posting it again. */
export interface TakenView {
  address: string;
  form: FormValues;
  stamp: string;
}

/** The posted form once more, hidden, but for what this page fills in itself. */
const samePost = (form: FormValues, stamp: string): Html[] => {
  const { email: _email, website: _website, stamp: _stamp, ...wishes } = form;
  return hiddenFields({ ...wishes, stamp: [stamp] });
};

/** The answer to every good sign-up, whatever the address is to us. The choices go with a second try: nobody fills them in again (WCAG 3.3.7). */
export const checkMailPage = (frame: Frame, { address, form, stamp }: TakenView): Html => {
  const { checkMail, signUp } = frame.words;
  const shown = shownAddress(address);
  const field = emailField(frame, { field: 'email', label: signUp.email, value: shown, faults: [] });
  return textPage(
    frame,
    checkMail.title,
    [fill(checkMail.sent, { address: shown })],
    html`<p>${checkMail.life}</p>
<section><h2>${checkMail.again}</h2><form method="post" action="${to(frame, '/')}" enctype="multipart/form-data" novalidate>${samePost(form, stamp)}${field}<div class="buttons"><button class="quiet">${checkMail.againButton}</button></div></form></section>`,
  );
};
