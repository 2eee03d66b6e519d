import type { Brand, Card, DigestView, Reason } from '../../../functions/model/digest.ts';
import type { Telling } from '../../../functions/model/event.ts';
import type { Story } from '../../../functions/model/story.ts';
import { HOUR } from '../../../functions/model/time.ts';
import { aStory, aTelling } from '../../builders.ts';

/** Monday 23 November 2026, 06:00 UTC: 07:00 in Berlin. */
export const AT = Date.UTC(2026, 10, 23, 6);

export const BRAND: Brand = {
  name: 'Broadsheet',
  from: 'digest@broadsheet.example',
  postalAddress: 'Broadsheet, Example Street 1, 10115 Berlin',
  contact: 'help@broadsheet.example',
};

const TOKEN = 'k7f3v0q2m9x1c8b5n4h6j2w0t3r8y5d1';

export interface CardOver extends Partial<Story> {
  sourceTitle?: string;
  access?: Telling['access'];
  also?: string[];
  outlets?: number;
  because?: Reason['because'];
  update?: boolean;
}

/** A card as gathering makes it; a story without more is an event of one telling. */
export const aCard = ({
  sourceTitle = 'Daily Example',
  access = 'free',
  also = [],
  outlets,
  because,
  update = false,
  ...over
}: CardOver): Card => {
  const story = aStory({ firstSeenAt: AT - HOUR, publishedAt: AT - HOUR, ...over });
  const telling = aTelling({ sourceTitle, access }, story);
  const others = also.map(
    (title, at): Telling => ({
      ...telling,
      source: `other-${at}`,
      sourceTitle: title,
      outlet: `other-${at}.example`,
      url: `https://other-${at}.example/${story.id}`,
    }),
  );
  const covered = outlets ?? also.length + 1;
  return {
    story,
    chosen: {
      event: {
        v: 1,
        id: story.id,
        version: 1,
        topics: [],
        language: story.language,
        outlets: covered,
        tellings: [telling, ...others],
        turn: 0,
        firstSeenAt: story.firstSeenAt,
        lastNewsAt: story.firstSeenAt,
        private: false,
      },
      telling,
      also: others,
      topic: null,
      score: 1,
      reason: { outlets: covered, because: because ?? { kind: 'topic', topic: 'science' } },
      update,
    },
  };
};

/** A view of the given cards; links, reader and times are filled in. */
export const aView = (over: Partial<DigestView> = {}): DigestView => ({
  kind: 'scheduled',
  language: 'en',
  zone: 'Europe/Berlin',
  at: AT,
  lead: null,
  sections: [],
  filled: false,
  joining: null,
  sources: 6,
  format: 'full',
  pictures: 'lead',
  reader: {
    address: 'reader@example.org',
    signedUpAt: Date.UTC(2026, 2, 4, 12),
    cadence: 'daily',
    weekday: 1,
    hour: 7,
  },
  nextAt: AT + 24 * HOUR,
  stopped: [],
  links: {
    manage: `https://broadsheet.example/m/${TOKEN}`,
    pause: `https://broadsheet.example/m/${TOKEN}/pause`,
    unsubscribe: `https://broadsheet.example/u/${TOKEN}`,
    web: `https://broadsheet.example/w/${TOKEN}`,
    more: `https://broadsheet.example/m/${TOKEN}/more?topic=`,
    less: `https://broadsheet.example/m/${TOKEN}/less?source=`,
  },
  ...over,
});

export const ENVELOPE = {
  to: 'reader@example.org',
  delivery: 'abcdefgh12345678_2026-11-23_day',
  date: AT,
  unsubscribe: `https://broadsheet.example/u/${TOKEN}`,
};
