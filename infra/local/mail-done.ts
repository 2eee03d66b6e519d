import type { MailDone } from './inlet.ts';

const ENDS: Readonly<Record<string, string>> = {
  left: 'The reader has left: no more mail comes to them. No answer is sent.',
  already: 'Nothing changed: they had left before, or are forgotten.',
  nobody: 'Nothing changed: nobody gets digests at this address.',
  'dead-link': 'Nothing changed: the address that it went to holds no working link.',
  'slow-down': 'Nobody was signed up: this domain, or all together, had as many sign-ups as an hour allows.',
};

const IGNORED: Readonly<Record<string, string>> = {
  bounce: 'it looks like a mail that came back',
  ours: 'it comes from an address of Broadsheet’s own',
  'not-understood': 'only subscribe@ or unsubscribe@, or such a word as the subject, asks for something',
};

/** What became of a mail to us, in a sentence; of a sign-up, what is to be said if no letter came of it. */
export const saidOf = (done: MailDone | undefined): string => {
  if (done === undefined)
    return 'The mail was taken, but its work failed or goes on; the log in the data folder says more.';
  const { outcome, why = '' } = done;
  if (outcome === 'ignored') return `The mail was ignored: ${IGNORED[why] ?? why}. No answer is sent.`;
  if (outcome === 'taken')
    return 'The mail was taken, but no letter came of it: an address gets one in ten minutes and three a day, and none if its mail bounced or was reported as spam.';
  return ENDS[outcome] ?? `The mail was taken (${outcome}).`;
};
