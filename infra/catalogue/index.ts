import * as z from 'zod';
import { type CatalogueEntry, catalogueEntry } from '../../functions/model/source.ts';
import entries from './catalogue.json' with { type: 'json' };

/**
 * The house sources that Broadsheet ships with; an operator may serve another list.
 * Nearly all addresses come from public lists (CC0); none was asked when the list was made, so expect some to have moved.
 */
export const catalogue: CatalogueEntry[] = z.array(catalogueEntry).parse(entries);
