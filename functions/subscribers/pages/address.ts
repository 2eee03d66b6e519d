import { shownAddress } from '../address.ts';
import { fill } from '../words/words.ts';
import { buttonForm, type Frame, type Html, textPage } from './layout.ts';

/** The page of the mail to a new address: one button. */
export const addressPage = (frame: Frame, token: string, to: string): Html => {
  const { address } = frame.words;
  const button = buttonForm(`/a/${token}`, address.button, { autofocus: true });
  return textPage(frame, address.title, [fill(address.lead, { address: shownAddress(to) })], button);
};

export const newAddressPage = (frame: Frame, to: string): Html => {
  const { doneTitle, done, oldLinks } = frame.words.address;
  return textPage(frame, doneTitle, [fill(done, { address: shownAddress(to) }), oldLinks]);
};

export const addressTakenPage = (frame: Frame): Html =>
  textPage(frame, frame.words.address.title, [frame.words.address.taken]);
