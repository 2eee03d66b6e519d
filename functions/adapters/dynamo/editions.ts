import { newsEvent } from '../../model/event.ts';
import { editionPointer, pick, shelf } from '../../model/shelf.ts';
import type { Instant } from '../../model/time.ts';
import type { Editions } from '../../ports.ts';
import { ABSENT, type Condition, either } from './condition.ts';
import type { OpenTable } from './open-table.ts';
import type { ReadPage } from './read-page.ts';
import { docOf, expiresAt, KEYS, NEWS_KEPT, readDoc } from './table.ts';

/** The edition before is the published one. */
const previousIs = (number: number): Condition => ({
  expression: '#number = :previous',
  names: { '#number': 'number' },
  values: { ':previous': { N: String(number - 1) } },
});

/** The first edition is published over nothing. */
const mayPublish = (number: number): Condition =>
  number === 0 ? ABSENT : number === 1 ? either(ABSENT, previousIs(1)) : previousIs(number);

/** Events, shelves and picks in News; the pointer in Control. `now` sets how long rows live, nothing else. */
export const createEditions = (
  news: OpenTable,
  control: OpenTable,
  readPage: ReadPage,
  now: () => Instant,
): Editions => ({
  async current() {
    const row = await control.get(KEYS.edition, true);
    return row && readDoc(editionPointer, row);
  },

  async write(_edition, { events, shelves }) {
    const life = expiresAt(now() + NEWS_KEPT);
    await news.putAll([
      ...events.map((event) => ({ ...KEYS.event(event.id, event.version), ...docOf(event), ...life })),
      ...shelves.map((each) => ({ ...KEYS.shelf(each.id, each.edition), ...docOf(each), ...life })),
    ]);
  },

  publish: (pointer) =>
    control.put(
      { ...KEYS.edition, number: { N: String(pointer.number) }, ...docOf(pointer) },
      mayPublish(pointer.number),
    ),

  async shelf(id, edition) {
    const { pk, sk } = KEYS.shelf(id, edition);
    const [row] = await news.rows({ pk: pk?.S ?? '', to: sk?.S ?? '', backwards: true, limit: 1 });
    return row && readDoc(shelf, row);
  },

  async events(refs) {
    const rows = await news.getAll(refs.map(([id, version]) => KEYS.event(id, version)));
    const found = readPage(rows, (row) => readDoc(newsEvent, row));
    const byRef = new Map(found.map((event) => [`${event.id}/${event.version}`, event]));
    return refs.flatMap(([id, version]) => byRef.get(`${id}/${version}`) ?? []);
  },

  async picks() {
    return readPage(await news.rows({ pk: KEYS.picks }), (row) => readDoc(pick, row));
  },

  async savePick(each) {
    // digests that showed it are shown again for as long as other news is kept
    await news.put({ ...KEYS.pick(each.event), ...docOf(each), ...expiresAt(each.until + NEWS_KEPT) });
  },
});
