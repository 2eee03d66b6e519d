import { html } from 'hono/html';
import type { Subscriber } from '../../model/subscriber.ts';
import { shownAddress } from '../address.ts';
import { isPrivateId } from '../own-source.ts';
import { forgottenVotes, voteName } from '../wishes.ts';
import { fill } from '../words/words.ts';
import { emailField, errorSummary, noteBox, tick } from './fields.ts';
import { buttonForm, exampleButton, type Frame, type Html, page } from './layout.ts';
import { type PauseDates, pauseForm } from './pause.ts';
import { type WishesView, wishesFields } from './wishes-form.ts';

/** All that the page of choices shows. */
export interface ManageView extends WishesView {
  token: string;
  /** What was typed as a new address and refused. */
  newAddress?: string | undefined;
  subscriber: Subscriber;
  /** The link was mailed on request: it may show the address, own sources and deletion. */
  fresh: boolean;
  /** What was just done, in words. */
  banner: readonly string[];
  /** Nothing was done: the banner says why. */
  refused: boolean;
  /** The form holds something else than what is stored. */
  unsaved: boolean;
  /** The mark of the choices that the form was shown with. */
  seen: string;
  /** How things stand: next digest, last digest. */
  standing: readonly string[];
  /** A pause lasts; one that is over is none. */
  paused: boolean;
  pause: PauseDates;
  titleOf: (source: string) => string;
}

/** What was voted on by links in mails, ticked like what is muted: unticked, it is forgotten. */
const voteRows = (frame: Frame, view: ManageView): Html | string => {
  const { wishes, topics, vote: said } = frame.words;
  const { votes } = view.subscriber.preferences;
  if (votes.length === 0) return '';
  const forgotten = forgottenVotes(view.values);
  return html`<fieldset><legend>${wishes.votes}</legend><p class="hint">${wishes.votesHint}</p>${votes.map((vote) => {
    const { on, weight } = vote;
    const value = voteName(vote);
    const what = on.kind === 'topic' ? topics[on.topic] : view.titleOf(on.source);
    const label = fill(weight > 0 ? said.moreDone : said.lessDone, { what });
    return html`<input type="hidden" name="shownVotes" value="${value}">${tick('checkbox', { name: 'votes', value, label, on: !forgotten.has(value) })}`;
  })}</fieldset>`;
};

const choicesForm = (frame: Frame, view: ManageView): Html => {
  const { manage, wishes } = frame.words;
  const kept = view.subscriber.preferences.sources.filter(isPrivateId).length;
  const ownKept = !view.fresh && kept > 0 ? html`<p class="hint block">${fill(wishes.ownKept, { n: kept })}</p>` : '';
  return html`<form method="post" action="/m/${view.token}" enctype="multipart/form-data" novalidate>
<input type="hidden" name="seen" value="${view.seen}">
${wishesFields(frame, view)}${ownKept}${voteRows(frame, view)}
<div class="go"><button>${manage.save}</button>${exampleButton(frame, `/m/${view.token}/example`)}</div></form>`;
};

const pauseSection = (frame: Frame, view: ManageView): Html => {
  const { manage } = frame.words;
  return html`<section><h2>${manage.pauseTitle}</h2>${
    view.paused
      ? buttonForm(`/m/${view.token}/resume`, manage.resume)
      : pauseForm(frame, `/m/${view.token}/pause`, view.pause)
  }</section>`;
};

const freshSections = (frame: Frame, view: ManageView): Html => {
  const { manage } = frame.words;
  const { token, subscriber } = view;
  if (!view.fresh)
    return html`<section><h2>${manage.freshTitle}</h2><p>${manage.freshLead}</p>${buttonForm(`/m/${token}/fresh`, manage.freshButton, { kind: 'quiet' })}</section>`;
  return html`<section><h2>${manage.addressTitle}</h2><p>${fill(manage.addressNow, { address: shownAddress(subscriber.address) })}</p>
<form method="post" action="/m/${token}/address" novalidate>${emailField(frame, { field: 'email', label: manage.addressNew, value: view.newAddress ?? '', faults: view.faults })}<div class="buttons"><button class="quiet">${manage.addressButton}</button></div></form></section>
<section><h2>${manage.eraseTitle}</h2><p>${manage.eraseLead}</p><p><a href="/m/${token}/data.json">${manage.download}</a></p><p><a href="/m/${token}/sources.opml">${manage.downloadSources}</a></p>
<form method="post" action="/m/${token}/erase">${tick('checkbox', { name: 'sure', value: 'yes', label: manage.eraseSure, on: false })}<div class="buttons"><button class="danger">${manage.eraseButton}</button></div></form></section>`;
};

/** The page of choices: how things stand, the form, then what else can be done. Leaving is at the end, and quiet. */
export const managePage = (frame: Frame, view: ManageView, unsubscribeUrl: string): Html => {
  const { manage } = frame.words;
  const stored = view.unsaved ? html`<p><a href="/m/${view.token}">${manage.stored}</a></p>` : '';
  return page(
    frame,
    { title: manage.title, error: view.faults.length > 0 || view.refused },
    html`${errorSummary(frame, view.faults)}${noteBox(view.banner, { refused: view.refused, more: stored })}<h1>${manage.title}</h1>${view.standing.map((line) => html`<p class="lead">${line}</p>`)}
${choicesForm(frame, view)}
<section><h2>${manage.nowTitle}</h2>${buttonForm(`/m/${view.token}/now`, manage.now, { kind: 'quiet' })}</section>
${pauseSection(frame, view)}${freshSections(frame, view)}
<section><h2>${manage.leaveTitle}</h2><p><a href="${unsubscribeUrl}">${manage.leave}</a></p></section>`,
  );
};
