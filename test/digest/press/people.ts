import type { DigestView } from '../../../functions/model/digest.ts';
import { DAY, HOUR } from '../../../functions/model/time.ts';
import { AT, aCard, aView } from './views.ts';

/** Six readers whose mails are kept whole as golden files. Their news is made up. */

const lead = aCard({
  title: 'Ministers agree on a night train network across the continent',
  url: 'https://morning-gazette.example/2026/11/23/night-trains?ref=feed&part=1',
  summary:
    'The plan names twelve lines that are to run by 2031 and splits the cost between states and operators. Two countries abstained; parliament votes in January.',
  image: 'https://pictures.morning-gazette.example/2026/11/night-train-1200.jpg',
  sections: ['Europe'],
  author: 'Staff',
  source: 'morning-gazette',
  sourceTitle: 'The Morning Gazette',
  also: ['Harbour Post', 'La Tribune du Matin', 'Nordblatt', 'Evening Ledger', 'City Wire', 'The Observer of Things'],
  outlets: 9,
  because: { kind: 'biggest' },
});

const science = [
  aCard({
    title: 'Seagrass meadows return to a bay that had lost them for forty years',
    summary:
      'Divers counted shoots on three times the area of last spring. Clearer water and a ban on anchoring are thought to have helped.',
    image: 'https://pictures.science-weekly.example/seagrass.jpg',
    source: 'science-weekly',
    sourceTitle: 'Science Weekly',
    also: ['Coast & Sea'],
    because: { kind: 'topic', topic: 'science' },
  }),
  aCard({
    title: 'A cheap sensor hears leaks in water pipes',
    summary: 'It listens for a hiss between two frequencies and sends one message a day.',
    source: 'nordblatt',
    sourceTitle: 'Nordblatt',
    access: 'paid',
    publishedAt: AT - 26 * HOUR,
    because: { kind: 'source', source: 'nordblatt', title: 'Nordblatt' },
    update: true,
  }),
];

const technology = [
  aCard({
    title: 'Browser makers settle on one way to sign photographs',
    summary: 'Pictures will carry who took them and what was changed, if the camera says so.',
    source: 'wire-and-cable',
    sourceTitle: 'Wire & Cable',
    also: ['City Wire', 'Science Weekly', 'Harbour Post'],
    author: 'Newsroom',
    because: { kind: 'topic', topic: 'technology' },
  }),
  aCard({
    title: '«Lo hicimos nosotros»: a village that laid its own fibre',
    url: 'https://harbour-post.example/fibre',
    summary: '',
    source: 'harbour-post',
    sourceTitle: 'Harbour Post',
    publishedAt: AT - 3 * DAY,
    because: { kind: 'keyword', keyword: 'fibre broadband' },
  }),
];

const picks = [
  aCard({
    title: 'The lighthouse that keeps its keepers',
    summary: 'A long visit to the last staffed light on the northern coast.',
    source: 'long-reads',
    sourceTitle: 'Long Reads',
    because: { kind: 'pick', note: 'Twenty quiet minutes. Read it with the lamp on.' },
  }),
];

const full: Partial<DigestView> = {
  lead,
  sections: [
    { heading: { kind: 'topic', topic: 'science' }, cards: science },
    { heading: { kind: 'topic', topic: 'technology' }, cards: technology },
    { heading: { kind: 'picks' }, cards: picks },
  ],
  stopped: [{ title: 'The Quiet Observer', sinceAt: Date.UTC(2026, 10, 9) }],
  pictures: 'all',
};

const arabic = [
  aCard({
    title: 'قطار ليلي جديد يربط المدن الساحلية بالعاصمة',
    url: 'https://jaridat-assabah.example/trains/1',
    summary: 'يبدأ تشغيل الخط في الربيع بثلاث رحلات في الأسبوع، وتقول الشركة إن التذاكر ستطرح للبيع في يناير.',
    image: 'https://pictures.jaridat-assabah.example/train.jpg',
    source: 'jaridat-assabah',
    sourceTitle: 'جريدة الصباح',
    language: 'ar',
    also: ['Harbour Post', 'صوت المدينة', 'النهار الجديد', 'Nordblatt'],
    because: { kind: 'topic', topic: 'travel' },
  }),
  aCard({
    title: 'علماء يرصدون عودة الطيور إلى البحيرة بعد عشر سنوات',
    url: 'https://sawt-almadina.example/birds',
    summary: 'عاد أكثر من ألف طائر هذا الخريف بعد أن ارتفع منسوب المياه.',
    source: 'sawt-almadina',
    sourceTitle: 'صوت المدينة',
    language: 'ar',
    because: { kind: 'topic', topic: 'environment' },
    update: true,
  }),
  aCard({
    title: 'Harbour engineers test a gate that closes by itself (and opens again)',
    summary: 'The trial ran for six weeks. It failed once, on a Sunday.',
    source: 'harbour-post',
    sourceTitle: 'Harbour Post',
    access: 'paid',
    because: { kind: 'source', source: 'harbour-post', title: 'Harbour Post' },
  }),
];

const long = Array.from({ length: 40 }, (_, at) =>
  aCard({
    title: `Story ${at + 1} 🚲 that goes on and on about bicycles, bridges and the weather 🌧️ until nobody remembers how it began 🤷🏽‍♀️`,
    url: `https://long-winded.example/2026/11/23/section/${at}/${'a-very-long-address-'.repeat(6)}end?utm_source=feed&utm_medium=rss&n=${at}`,
    summary: `${'It rained 🌧️, then it did not, and everybody “agreed” that this was news — 🗞️ '.repeat(4)}The end.`,
    image: `https://pictures.long-winded.example/${at}.jpg`,
    source: `long-winded-${at % 9}`,
    sourceTitle: `The Long-Winded Times ${at % 9}`,
    also: ['Harbour Post', 'Nordblatt 🌊', 'City Wire', 'Evening Ledger'],
    outlets: 12,
  }),
);

const [arabicLead, ...arabicRest] = arabic;

export const PEOPLE: Record<string, DigestView> = {
  full: aView(full),
  brief: aView({ ...full, language: 'de', format: 'brief' }),
  text: aView({ ...full, language: 'fr', format: 'text' }),
  rtl: aView({
    language: 'ar',
    zone: 'Africa/Tunis',
    lead: arabicLead ?? null,
    sections: [
      { heading: { kind: 'topic', topic: 'environment' }, cards: arabicRest.slice(0, 1) },
      { heading: { kind: 'sources' }, cards: arabicRest.slice(1) },
    ],
    sources: 3,
    filled: true,
  }),
  forty: aView({
    lead: long[0] ?? null,
    sections: [{ heading: { kind: 'topic', topic: 'lifestyle' }, cards: long.slice(1) }],
    pictures: 'all',
    sources: 9,
  }),
  one: aView({
    language: 'es',
    lead: lead,
    sources: 1,
    kind: 'welcome',
    pictures: 'none',
    nextAt: null,
    reader: { address: 'reader@example.org', signedUpAt: AT, cadence: 'weekly', weekday: 1, hour: 7 },
  }),
};
