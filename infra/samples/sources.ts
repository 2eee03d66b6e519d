import type { CatalogueEntry } from '../../functions/model/source.ts';
import type { Topic } from '../../functions/model/topic.ts';

/** An outlet that does not exist, in a country that does not: what local mode reads when there is no internet. */
export interface SampleSource {
  id: string;
  /** The name by which the day files call it. */
  nickname: string;
  title: string;
  language: 'en' | 'de' | 'fr';
  access: CatalogueEntry['access'];
  format: 'rss' | 'atom';
  topic?: Topic;
}

/** Thirteen outlets of Halvane: four general papers, one of them behind a register wall, specialists, and one each in German and French. */
export const SAMPLE_SOURCES: readonly SampleSource[] = [
  {
    id: 'harbour-gazette',
    nickname: 'gazette',
    title: 'The Harbour Gazette',
    language: 'en',
    access: 'free',
    format: 'rss',
  },
  {
    id: 'northmoor-courier',
    nickname: 'courier',
    title: 'The Northmoor Courier',
    language: 'en',
    access: 'metered',
    format: 'rss',
  },
  {
    id: 'saltmarsh-lantern',
    nickname: 'lantern',
    title: 'The Saltmarsh Lantern',
    language: 'en',
    access: 'free',
    format: 'rss',
  },
  {
    id: 'quillon-ledger',
    nickname: 'ledger',
    title: 'The Quillon Ledger',
    language: 'en',
    access: 'paid',
    format: 'rss',
    topic: 'business',
  },
  {
    id: 'signal-and-gear',
    nickname: 'signal',
    title: 'Signal & Gear',
    language: 'en',
    access: 'free',
    format: 'atom',
    topic: 'technology',
  },
  {
    id: 'field-station-notes',
    nickname: 'field',
    title: 'Field Station Notes',
    language: 'en',
    access: 'free',
    format: 'atom',
    topic: 'science',
  },
  {
    id: 'touchline-post',
    nickname: 'touchline',
    title: 'The Touchline Post',
    language: 'en',
    access: 'free',
    format: 'rss',
    topic: 'sport',
  },
  {
    id: 'meridian-and-moss',
    nickname: 'moss',
    title: 'Meridian & Moss',
    language: 'en',
    access: 'free',
    format: 'rss',
    topic: 'environment',
  },
  {
    id: 'kettle-and-compass',
    nickname: 'kettle',
    title: 'Kettle & Compass',
    language: 'en',
    access: 'free',
    format: 'rss',
  },
  {
    id: 'velvet-row-review',
    nickname: 'velvet',
    title: 'Velvet Row Review',
    language: 'en',
    access: 'free',
    format: 'rss',
  },
  {
    id: 'wellward-weekly',
    nickname: 'wellward',
    title: 'Wellward Weekly',
    language: 'en',
    access: 'free',
    format: 'rss',
  },
  {
    id: 'klippenbote',
    nickname: 'klippenbote',
    title: 'Der Klippenbote',
    language: 'de',
    access: 'free',
    format: 'rss',
  },
  {
    id: 'vigie-du-cap-brume',
    nickname: 'vigie',
    title: 'La Vigie du Cap-Brume',
    language: 'fr',
    access: 'free',
    format: 'atom',
  },
];

/** The front page of a sample outlet; `.example` never resolves (RFC 2606). */
export const homePageOf = (id: string): string => `https://${id}.example/`;

/** The sample outlets as a catalogue whose feeds local mode serves below `baseUrl` (no slash at its end). */
export const sampleCatalogue = (baseUrl: string): CatalogueEntry[] =>
  SAMPLE_SOURCES.map(({ id, title, language, access, topic }) => ({
    id,
    url: `${baseUrl}/samples/${id}.xml`,
    homePage: homePageOf(id),
    title,
    language,
    access,
    ...(topic && { topic }),
  }));
