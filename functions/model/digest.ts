import type { NewsEvent, Telling } from './event.ts';
import type { SourceId } from './source.ts';
import type { Story } from './story.ts';
import type { Cadence, ChromeLanguage } from './subscriber.ts';
import type { Instant } from './time.ts';
import type { Topic } from './topic.ts';

/** Why a story was chosen, as data: each part is true, taken from the selection itself. */
export interface Reason {
  /** Distinct outlets that cover it. */
  outlets: number;
  /** The first of the reader's own wishes that it met. */
  because:
    | { kind: 'topic'; topic: Topic }
    | { kind: 'source'; source: SourceId; title: string }
    | { kind: 'keyword'; keyword: string }
    | { kind: 'pick'; note: string }
    | { kind: 'biggest' }
    | { kind: 'fill'; topic: Topic | null };
}

/** An event as it was chosen for one reader: the telling they get, and who else covers it. */
export interface Chosen {
  event: NewsEvent;
  /** The telling to show: the reader's own source where possible, a free one before a paid one. */
  telling: Telling;
  /** Other outlets, best first, at most one telling per outlet. */
  also: Telling[];
  /** The section it stands in. */
  topic: Topic | null;
  score: number;
  reason: Reason;
  update: boolean;
}

export type Heading =
  | { kind: 'topic'; topic: Topic }
  | { kind: 'sources' }
  | { kind: 'keyword'; keyword: string }
  | { kind: 'picks' }
  | { kind: 'fill' };

export interface Section {
  heading: Heading;
  chosen: Chosen[];
}

/** What one reader gets, in order: the lead, then sections. Pure data, the same for send, preview, dry run and replay. */
export interface Selection {
  lead: Chosen | null;
  sections: Section[];
  /** True if it was filled up from outside the reader's choice, which the mail says. */
  filled: boolean;
}

/** Every chosen event in the order mailed, lead first. */
export const chosenInOrder = ({ lead, sections }: Selection): Chosen[] => [
  ...(lead ? [lead] : []),
  ...sections.flatMap((section) => section.chosen),
];

export interface Card {
  chosen: Chosen;
  /** The full story of the chosen telling. */
  story: Story;
}

/** What joins from the second digest on. */
export type Joining = 'keywords' | 'sources' | 'both';

/** All that a digest's three forms (HTML, text, subject) are made from. */
export interface DigestView {
  /** `example`: shown on a page, and mailed to nobody. */
  kind: 'scheduled' | 'welcome' | 'now' | 'example';
  language: ChromeLanguage;
  zone: string;
  /** The instant the digest is for; the masthead's date is this in `zone`. */
  at: Instant;
  lead: Card | null;
  sections: { heading: Heading; cards: Card[] }[];
  filled: boolean;
  /** What a first digest came without: the newsroom had not looked yet for what this reader alone follows. */
  joining: Joining | null;
  /** Distinct sources among the cards. */
  sources: number;
  format: 'full' | 'brief' | 'text';
  pictures: 'lead' | 'none' | 'all';
  reader: { address: string; signedUpAt: Instant; cadence: Cadence; weekday: number; hour: number };
  /** When the next digest comes; absent for a reader who is paused. */
  nextAt: Instant | null;
  /** Followed sources that have failed for long, with since when. */
  stopped: { title: string; sinceAt: Instant }[];
  links: {
    manage: string;
    pause: string;
    unsubscribe: string;
    web: string | null;
    /** Addresses that end where a topic or a source is to be added, percent-encoded. */
    more: string;
    less: string;
  };
}

/** The operator's name, sender and colours: configuration, checked at build. */
export interface Brand {
  name: string;
  /** Address that mails come from, and are answered to. */
  from: string;
  postalAddress: string;
  contact: string;
  /** The domain at which mail is taken: subscribing and leaving by mail. Absent: none is. */
  inbound?: string | undefined;
  /** Colour of headings and marks, `#rrggbb`, in the light and in the dark scheme; the house's brick red without it. */
  accent?: { light: string; dark: string } | undefined;
  /** A picture instead of the name on top of mails, https, legible on white and on near-black; size in CSS pixels. */
  logo?: { url: string; width: number; height: number } | undefined;
}
