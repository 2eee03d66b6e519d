/** What pages say when something is wrong, why a digest did not come, and what is kept of a reader. */
export const enNotices = {
  errors: {
    notFoundTitle: 'No such page',
    notFound: 'There is nothing here. The address may have been cut when it was copied.',
    methodTitle: 'This page cannot do that',
    method: 'Go back and use the button on the page.',
    largeTitle: 'That was too much',
    large: 'The form holds more than we can take. Choose fewer things, or paste fewer feeds at a time.',
    typeTitle: 'We cannot read that',
    type: 'Please use the form on the page.',
    foreignTitle: 'That cannot be done from here',
    foreign:
      'For your safety this works only from our own pages and with a fresh link. Open the link from your email again.',
    slowTitle: 'Too many at once',
    slow: 'There were many requests from your network. Please try again in an hour.',
    slowToday: 'There were many requests from your network today. Please try again in {hours}.',
    slowKept: 'What you typed is still below. Keep this page open, and press the button again then.',
    brokenTitle: 'Something broke',
    broken: 'It is our fault. Please try again in a few minutes.',
  },
  reasons: {
    'nothing-new': 'nothing new',
    paused: 'paused',
    left: 'unsubscribed',
    suppressed: 'email to your address is stopped',
    'too-soon': 'too soon after the last',
    'too-late': 'we were too late',
    'not-in-cohort': 'your time had changed',
    brake: 'all email was stopped for safety',
    refused: 'the email was refused',
    unknown: 'we could not tell whether it left',
    broken: 'our fault',
  },
  privacy: {
    title: 'Privacy',
    mail: [
      'Email to us',
      'An email that you send to {domain} is deleted as soon as it is read, and after two days at the latest. We keep nothing of it but your address, if you subscribe.',
    ],
    parts: [
      [
        'What we keep',
        'Your address, your choices, when you signed up and confirmed, and for 100 days a short record of each digest, so that no story comes twice. If you unsubscribe, all of it goes after 100 days.',
      ],
      ['What for', 'Only to send the email you asked for. Nobody else gets it, and there are no advertisers.'],
      [
        'What we do not do',
        'No tracking pixels and no links that count clicks. Pictures come from the publishers, who can see them being fetched; you can turn them off in your choices.',
      ],
      [
        'Delete',
        'Ask for a fresh link and press Delete: your address and choices go at once. Backups hold them for up to 35 days more, and queues for up to 14. If email to you bounced or was reported as spam, a keyed fingerprint of the address stays, so that we do not mail it again unless you ask us to; it cannot be read back.',
      ],
      ['Who we are', '{brand}, {postal}. Write to {contact}.'],
    ],
  },
} as const;
