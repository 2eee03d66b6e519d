import { pluralOf } from './plural.ts';
import type { Words } from './words.ts';

const plural = pluralOf('en-GB');
const stories = (count: number): string => plural(count, { one: '# story', other: '# stories' });
const hours = (count: number): string => plural(count, { one: '# hour', other: '# hours' });

/** English, in which every message is written first. */
export const english = {
  locale: 'en-GB',
  direction: 'ltr',
  topics: {
    world: 'World',
    politics: 'Politics',
    business: 'Business',
    technology: 'Technology',
    science: 'Science',
    health: 'Health',
    sport: 'Sport',
    entertainment: 'Entertainment',
    environment: 'Environment',
    travel: 'Travel',
    food: 'Food',
    lifestyle: 'Lifestyle',
  },
  cadences: { daily: 'Every day', workdays: 'Monday to Friday', weekly: 'Once a week' },
  digest: {
    viewInBrowser: 'View in browser',
    contents: (count, sources) => `${stories(count)} from ${plural(sources, { one: '# source', other: '# sources' })}`,
    minutes: (count) => `${count} min read`,
    plus: (headlines) => `Plus: ${headlines}`,
    readAt: (source) => `Read at ${source}`,
    also: (outlets) => `Also covered by ${outlets}`,
    more: (count) => `${count}\u00a0more`,
    update: 'Update',
    paid: 'paid',
    yesterday: 'yesterday',
    reason: {
      outlets: (count) => `in ${count} sources`,
      topic: (name) => `you follow ${name}`,
      source: (title) => `you follow ${title}`,
      keyword: (keyword) => `matches your keyword ‘${keyword}’`,
      pick: 'our pick',
      biggest: 'the biggest story of the moment',
      fillTopic: (name) => `added to fill your digest, from ${name}`,
      fill: 'added to fill your digest',
    },
    heading: {
      sources: 'From your sources',
      keyword: (keyword) => `‘${keyword}’`,
      picks: 'Our picks',
      fill: 'Also worth knowing',
    },
    filled: 'There was little new in what you follow, so we added some of the biggest stories.',
    joining: {
      keywords: 'What your keywords bring comes from the next digest on.',
      sources: 'What your own sources bring comes from the next digest on.',
      both: 'What your keywords and your own sources bring comes from the next digest on.',
    },
    welcome: (schedule) => `Welcome. This is your first digest. You signed up for ${schedule}.`,
    now: 'You asked for this digest to be sent now. The usual ones come as planned.',
    example:
      'An example of what your digest would hold now; nothing was sent. Keywords and sources that are new to us join once you follow them.',
    stopped: (title, since) => `We have not been able to read ${title} since ${since}.`,
    moreOnWeb: (count) => `${count} more on the web`,
    end: 'That is everything.',
    next: (weekday, time) => `Next digest: ${weekday} at ${time}.`,
    moreOf: (topics) => `More of: ${topics}`,
    lessFrom: (sources) => `Less from: ${sources}`,
    schedule: {
      daily: (time, zone) => `a daily digest at ${time} (${zone})`,
      workdays: (time, zone) => `a digest from Monday to Friday at ${time} (${zone})`,
      weekly: (time, zone, weekday) => `a weekly digest on ${weekday} at ${time} (${zone})`,
    },
    why: (address, date, schedule) => `You get this because ${address} signed up on ${date} for ${schedule}.`,
    change: 'Change what you get',
    pause: 'Pause',
    unsubscribe: 'Unsubscribe',
    pictures: (off) =>
      `We do not track you. Pictures come from the publishers, who can see them being fetched: ${off}.`,
    picturesOff: 'turn them off here',
    noPictures: 'We do not track you, and this email loads nothing from the web.',
    contact: (contact) => `Questions: ${contact}`,
    before: (what) => `${what}:`,
  },
  letters: {
    confirm: (brand, valid) => ({
      subject: `Confirm your subscription to ${brand}`,
      preheader: 'One click to start. Nothing is sent until you confirm.',
      title: 'One click to start',
      paragraphs: [
        `Somebody, we hope you, asked ${brand} to send a news digest to this address.`,
        'Confirm, and your first digest comes at once.',
      ],
      button: 'Confirm subscription',
      note: `The link works for ${hours(valid)}. If it was not you, do nothing: we will send no digest.`,
    }),
    manage: (brand, valid) => ({
      subject: `Your choices at ${brand}`,
      preheader: 'Change topics, sources or time, pause, or leave.',
      title: 'Your choices',
      paragraphs: [
        `This address is subscribed to ${brand}. The link opens your choices: topics, sources, time, pause and leaving.`,
      ],
      button: 'Open my choices',
      note: `The link works for ${hours(valid)} and is for you alone. If you did not ask for it, do nothing.`,
    }),
    addressChange: (brand, valid) => ({
      subject: `Confirm your new address for ${brand}`,
      preheader: 'Your digest moves here once you confirm.',
      title: 'Is this your new address?',
      paragraphs: [
        `A subscriber of ${brand} asked to move their digest to this address.`,
        'Confirm, and the next digest comes here instead of the old address.',
      ],
      button: 'Confirm new address',
      note: `The link works for ${hours(valid)}. If it was not you, do nothing: nothing changes.`,
    }),
    sourceStopped: (brand, title, since) => ({
      subject: `A source of your ${brand} digest has stopped`,
      preheader: 'You may want to choose another one.',
      title: 'One of your sources has stopped',
      paragraphs: [
        `We have not been able to read ${title} since ${since}. It may have moved or closed.`,
        'Everything else you follow still reaches you.',
      ],
      button: 'Change my sources',
      note: 'We go on trying, and will not write about this source again.',
    }),
    footer: (brand) =>
      `You get this email because someone asked ${brand} for it with your address. It is not a newsletter.`,
    stoppedFooter: (brand, title) => `You get this once because your ${brand} digest follows ${title}.`,
    orPaste: 'Or copy this address into your browser:',
  },
} satisfies Words;
