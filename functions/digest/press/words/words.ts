import type { Joining } from '../../../model/digest.ts';
import type { Cadence, ChromeLanguage } from '../../../model/subscriber.ts';
import type { Topic } from '../../../model/topic.ts';
import { arabic } from './arabic.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { spanish } from './spanish.ts';

/** One of our letters, as plain text: the frame around it is the template's. */
export interface LetterWords {
  subject: string;
  /** What stands next to the subject in an inbox. */
  preheader: string;
  title: string;
  paragraphs: string[];
  button: string;
  /** Below the button: how long it works, and what to do if it was somebody else. */
  note: string;
}

/** Why a story was chosen, each a clause in lower case that can stand after another. */
export interface ReasonWords {
  /** Distinct outlets, two or more. */
  outlets: (count: number) => string;
  topic: (name: string) => string;
  source: (title: string) => string;
  keyword: (keyword: string) => string;
  pick: string;
  biggest: string;
  fillTopic: (name: string) => string;
  fill: string;
}

/** Everything a digest says in its own voice. Arguments are plain text, or marks that the caller fills afterwards. */
export interface DigestWords {
  viewInBrowser: string;
  /** `9 stories from 6 sources`. */
  contents: (stories: number, sources: number) => string;
  /** Reading time, at least 1. */
  minutes: (count: number) => string;
  /** Leads the further headlines in the inbox's preview line. */
  plus: (headlines: string) => string;
  readAt: (source: string) => string;
  also: (outlets: string) => string;
  /** Ends the list of outlets: `4 more`. */
  more: (count: number) => string;
  update: string;
  paid: string;
  yesterday: string;
  reason: ReasonWords;
  heading: { sources: string; keyword: (keyword: string) => string; picks: string; fill: string };
  filled: string;
  /** Of a first digest: what comes from the second on. */
  joining: Record<Joining, string>;
  welcome: (schedule: string) => string;
  now: string;
  /** Over a digest that a page shows as an example. */
  example: string;
  stopped: (title: string, since: string) => string;
  moreOnWeb: (count: number) => string;
  end: string;
  /** `day` is a weekday, with its date where it is far. */
  next: (day: string, time: string) => string;
  moreOf: (topics: string) => string;
  lessFrom: (sources: string) => string;
  schedule: Record<Cadence, (time: string, zone: string, weekday: string) => string>;
  why: (address: string, date: string, schedule: string) => string;
  change: string;
  pause: string;
  unsubscribe: string;
  /** The privacy line with pictures; `off` is the link made of `picturesOff`. */
  pictures: (off: string) => string;
  picturesOff: string;
  noPictures: string;
  contact: (contact: string) => string;
  /** Leads to an address on the next line, in text. */
  before: (what: string) => string;
}

/** The letters; `brand` is the operator's name, `hours` how long the link works. */
export interface LettersWords {
  confirm: (brand: string, hours: number) => LetterWords;
  manage: (brand: string, hours: number) => LetterWords;
  addressChange: (brand: string, hours: number) => LetterWords;
  sourceStopped: (brand: string, title: string, since: string) => LetterWords;
  /** Under letters that somebody asked for: why they came. */
  footer: (brand: string) => string;
  /** Under the letter of a source that stopped, which nobody asked for. */
  stoppedFooter: (brand: string, title: string) => string;
  /** Before the bare address of the button's link. */
  orPaste: string;
}

/** All words of one language that mails need, and the names that pages share with them. */
export interface Words {
  /** The locale that Intl formats dates, plurals and lists in. */
  locale: string;
  direction: 'ltr' | 'rtl';
  topics: Record<Topic, string>;
  cadences: Record<Cadence, string>;
  digest: DigestWords;
  letters: LettersWords;
}

const ALL = { en: english, de: german, fr: french, es: spanish, ar: arabic } satisfies Record<ChromeLanguage, Words>;

/** The words of a language. */
export const words = (language: ChromeLanguage): Words => ALL[language];
