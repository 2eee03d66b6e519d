import type { Card, DigestView } from '../../functions/model/digest.ts';

/** Where a payload goes in a story: as the reader hands it on, and as the mail would meet it if the reader let it through. */
export interface StoryWords {
  title: string;
  summary: string;
  url: string;
  sourceTitle: string;
}

/** A story that attacks nobody. */
export const HARMLESS: StoryWords = {
  title: 'A bridge opens',
  summary: 'It carries people.',
  url: 'https://news.example/bridge',
  sourceTitle: 'Daily Example',
};

/** When the digest is for. */
export const AT = Date.UTC(2026, 0, 5, 6);

const cardOf = ({ title, summary, url, sourceTitle }: StoryWords): Card => {
  const telling = {
    story: '34yo000aaaaaa',
    source: 'daily',
    sourceTitle,
    outlet: 'news.example',
    title,
    url,
    access: 'free',
    publishedAt: AT,
  } as const;
  const event = {
    v: 1,
    id: telling.story,
    version: 1,
    topics: ['world' as const],
    language: 'en',
    outlets: 2,
    tellings: [telling],
    turn: 0,
    firstSeenAt: AT,
    lastNewsAt: AT,
    private: false,
  } as const;
  const also = [{ ...telling, source: 'other', outlet: 'other.example' }];
  const reason = { outlets: 2, because: { kind: 'source', source: 'daily', title: sourceTitle } } as const;
  return {
    chosen: {
      event: { ...event, topics: [...event.topics], tellings: [telling] },
      telling,
      also,
      topic: 'world',
      score: 1,
      reason,
      update: false,
    },
    story: {
      v: 1,
      id: telling.story,
      source: 'daily',
      title,
      url,
      summary,
      author: title.slice(0, 120),
      sections: [],
      firstSeenAt: AT,
      position: 0,
      language: 'en',
    },
  };
};

/** A digest with a payload in its lead and in a card, and a harmless one after it. */
export const viewOf = (words: StoryWords): DigestView => ({
  kind: 'scheduled',
  language: 'en',
  zone: 'UTC',
  at: AT,
  lead: cardOf(words),
  sections: [{ heading: { kind: 'topic', topic: 'world' }, cards: [cardOf(words), cardOf(HARMLESS)] }],
  filled: false,
  joining: null,
  sources: 2,
  format: 'full',
  pictures: 'lead',
  reader: { address: 'reader@example.org', signedUpAt: AT, cadence: 'daily', weekday: 1, hour: 6 },
  nextAt: AT,
  stopped: [],
  links: {
    manage: 'https://us.example/m/1',
    pause: 'https://us.example/p/1',
    unsubscribe: 'https://us.example/u/1',
    web: 'https://us.example/w/1',
    more: 'https://us.example/m/1/more?topic=',
    less: 'https://us.example/m/1/less?source=',
  },
});
