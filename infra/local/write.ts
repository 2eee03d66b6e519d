import { html } from 'hono/html';
import { readAddress } from '../../functions/subscribers/address.ts';
import { SUBSCRIBE } from '../../functions/subscribers/mail-addresses.ts';
import { wordsOf } from '../../functions/subscribers/words/words.ts';
import type { OwnMail } from './own-mail.ts';
import type { Markup } from './page.ts';
import { domainOf } from './received.ts';

const FIELDS = ['from', 'to', 'subject'] as const;

/** What the form holds: as it was typed, and what is wrong with it. */
export interface Written extends OwnMail {
  faults: Partial<Record<keyof OwnMail, string>>;
}

/** Where mail signs up. */
export const subscribeAt = (domain: string): string => `${SUBSCRIBE}@${domain}`;

/** Where the form is, open, with an address filled in. */
export const writeTo = (address: string): string => `/inbox?to=${encodeURIComponent(address)}#write`;

/** The form as it stands before anybody typed. */
export const unwritten = (to: string): Written => ({ from: '', to, subject: '', faults: {} });

const { faults: FAULTS } = wordsOf('en');

const faultOf = (text: string): string | undefined => {
  const read = readAddress(text, { allowReserved: true });
  return read.ok ? undefined : FAULTS[`email/${read.why}`];
};

/** Reads the posted form. */
export const readWritten = (form: Readonly<Record<string, unknown>>, domain: string): Written => {
  const typed = (name: keyof OwnMail): string => String(form[name] ?? '').trim();
  const [from, to, subject] = [typed('from'), typed('to'), typed('subject')];
  const fromFault = faultOf(from);
  const elsewhere = domainOf(to).toLowerCase() === domain ? undefined : `Mail comes in at ${domain} only.`;
  const toFault = elsewhere ?? faultOf(to);
  return {
    ...{ from, to, subject },
    faults: { ...(fromFault && { from: fromFault }), ...(toFault && { to: toFault }) },
  };
};

/** Whether a form is to be shown again. */
export const isFaulty = ({ faults }: Written): boolean => Object.keys(faults).length > 0;

const LABELS: Readonly<Record<keyof OwnMail, string>> = { from: 'From', to: 'To', subject: 'Subject (optional)' };

const field = ({ faults, ...typed }: Written, name: keyof OwnMail): Markup => {
  const fault = faults[name];
  const told = fault === undefined ? '' : html` aria-invalid="true" aria-describedby="fault-${name}"`;
  const address = html`type="email" autocomplete="${name === 'from' ? 'email' : 'off'}" spellcheck="false" required`;
  return html`<p class="field"><label for="w-${name}">${LABELS[name]}</label><input id="w-${name}" name="${name}" value="${typed[name]}" ${name === 'subject' ? html`dir="auto"` : address}${told}>${
    fault === undefined ? '' : html`<span class="fault" id="fault-${name}">${fault}</span>`
  }</p>`;
};

/** The form that stands for a mail program, which cannot reach this machine. */
export const writeForm = (written: Written, { open }: { open: boolean }): Markup =>
  html`<details class="write" id="write"${open ? ' open' : ''}><summary>Write to Broadsheet</summary>
<p>Stands for your mail program, which does not reach this machine. The answer comes to this inbox.</p>
<form method="post" action="/inbox/write" novalidate>${FIELDS.map((name) => field(written, name))}<p class="field"><button>Send</button></p></form></details>`;
