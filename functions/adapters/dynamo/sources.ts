import * as z from 'zod';
import { source } from '../../model/source.ts';
import { type Instant, instant } from '../../model/time.ts';
import type { Sources } from '../../ports.ts';
import type { OpenTable } from './open-table.ts';
import type { ReadPage } from './read-page.ts';
import { docOf, expiresAt, KEYS, NEWS_KEPT, parseRow, readDoc, SPREADS } from './table.ts';

const request = z.object({ url: z.string(), at: instant });

/** Sources, their known hashes and readers' requests, in News. Known hashes lie apart: a page of sources must stay light. */
export const createSources = (news: OpenTable, readPage: ReadPage): Sources => ({
  async *all() {
    // all spreads are asked at once; each is one or few pages
    const first = SPREADS.map((spread) => news.rows({ pk: KEYS.sources(spread) }));
    for (const rows of await Promise.all(first)) yield* readPage(rows, (row) => readDoc(source, row));
  },

  async byId(id) {
    const row = await news.get(KEYS.source(id), true);
    return row && readDoc(source, row);
  },

  async save(each) {
    await news.put({ ...KEYS.source(each.id), ...docOf(source.parse(each)) });
  },

  async known(id) {
    const row = await news.get(KEYS.known(id), true);
    return row ? parseRow(z.instanceof(Uint8Array), row, row.packed?.B) : new Uint8Array();
  },

  async saveKnown(id, packed) {
    await news.put({ ...KEYS.known(id), packed: { B: packed } });
  },

  async request(id, url, at: Instant) {
    await news.put({ ...KEYS.request(id), ...docOf({ url, at }), ...expiresAt(at + NEWS_KEPT) });
  },

  async requested(id) {
    const row = await news.get(KEYS.request(id), true);
    return row && readDoc(request, row);
  },
});
