import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { Press } from '../../functions/digest/press/press.ts';
import type { Source } from '../../functions/model/source.ts';
import type { Subscriber } from '../../functions/model/subscriber.ts';
import { frameOf } from '../../functions/subscribers/pages/layout.ts';
import { managePage } from '../../functions/subscribers/pages/manage.ts';
import { votePage } from '../../functions/subscribers/pages/vote.ts';
import { formOf } from '../../functions/subscribers/pages/wishes-form.ts';
import type { Judged } from './case.ts';
import { AT, type StoryWords, viewOf } from './xss-story.ts';

const readerOf = (typed: string): Subscriber => ({
  v: 1,
  id: 'reader0000000000',
  address: 'reader@example.org',
  addressKey: 'reader@example.org',
  status: { kind: 'active' },
  preferences: {
    cadence: 'daily',
    weekday: 1,
    hour: 7,
    zone: 'UTC',
    topics: ['world'],
    sources: ['daily', 'own'],
    keywords: [typed],
    mutes: [{ kind: 'words', words: typed }],
    votes: [{ on: { kind: 'source', source: 'daily' }, weight: 1 }],
    reads: ['en'],
    language: 'en',
    format: 'full',
    pictures: 'lead',
    maxStories: 10,
  },
  version: 1,
  generation: 0,
  signedUpAt: AT,
});

const sourceOf = (title: string): Source => ({
  v: 1,
  id: 'daily',
  url: 'https://news.example/feed',
  title,
  homePage: 'https://news.example/',
  language: 'en',
  topic: 'world',
  access: 'free',
  standing: 'house',
  addedAt: AT,
  intervalTicks: 4,
});

/** The reader's choices with a text in every place that a feed or a reader fills: titles of sources, keywords, mutes, what was done. */
const choicesPage = (text: string): string => {
  const source = sourceOf(text);
  const subscriber = readerOf(text);
  const view = {
    token: '1mtoken',
    subscriber,
    fresh: true,
    banner: [text],
    standing: [text],
    values: formOf(subscriber.preferences),
    faults: [],
    catalogue: {
      house: new Map([[source.id, source]]),
      groups: [{ topic: 'world' as const, sources: [source] }],
      languages: ['en'],
      countries: [],
    },
    prefillZone: false,
    own: [{ id: 'own', title: text }],
    paused: false,
    refused: false,
    unsaved: true,
    seen: '',
    pause: { min: '2026-01-06', value: '2026-01-12' },
    titleOf: () => text,
  };
  return String(managePage(frameOf('en', { name: 'Broadsheet' }), view, 'https://us.example/u/1'));
};

const offerPage = (what: string): string =>
  String(
    votePage(frameOf('en', { name: 'Broadsheet' }), '1mtoken', {
      kind: 'less',
      query: 'source=daily',
      what,
      was: 0,
      weight: -1,
      followed: true,
    }),
  );

type Node = DefaultTreeAdapterTypes.Node;

/** Elements and their attributes' names: what no text may add to. */
const shapeOf = (html: string): string => {
  const names: string[] = [];
  const walk = (node: Node): void => {
    if ('attrs' in node) names.push([node.nodeName, ...node.attrs.map(({ name }) => name)].join(' '));
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(parse(html));
  return names.join('\n');
};

/**
 * Payloads in the web version of a digest and in the pages that show words of feeds and readers: by the kit's invariants, and by the
 * page's shape, which must be that of a harmless one.
 */
export const judgePages = (
  payloads: readonly { id: string; payload: string; words: StoryWords }[],
  by: { press: Press; harmless: StoryWords; violations: (html: string) => string[] },
): Judged[] => {
  const { press, harmless, violations } = by;
  const webVersion = (words: StoryWords): string => press.page(viewOf(words));
  const pages = (payload: string, words: StoryWords): string[] => [
    webVersion(words),
    choicesPage(payload),
    offerPage(payload),
  ];
  const plain = pages('harmless', harmless);
  const allowed = plain.map((html) => new Set(violations(html)));
  return payloads.map(({ id, payload, words }) => {
    const ok = pages(payload, words).every((html, at) => {
      const clean = violations(html).every((violation) => allowed[at]?.has(violation));
      // a long text in the web version brings marks of its own: where it may be broken, and its direction
      return clean && (at === 0 || shapeOf(html) === shapeOf(plain[at] ?? ''));
    });
    return { id: `${id} pages`, ok };
  });
};
