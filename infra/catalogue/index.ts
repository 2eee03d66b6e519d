import * as z from 'zod';
import { type CatalogueEntry, catalogueEntry } from '../../functions/model/source.ts';
import entries from './catalogue.json' with { type: 'json' };

/**
 * The house sources that Broadsheet ships with; an operator may serve another list.
 * Addresses come from public lists (CC0) and change hands over the years: the health page of sources says which stopped.
 */
export const catalogue: CatalogueEntry[] = z.array(catalogueEntry).parse(entries);
