import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { feedsInOpml, isOpml, textOfFile } from '../opml.ts';
import type { Fault, FormValues } from '../wishes.ts';
import { shortened } from '../words/words.ts';
import { FORM_LIMIT } from './body-size.ts';
import { readBody, textsOf } from './request.ts';

/** What may be read as sources, typed and from files: about a thousand feeds as other readers export them. */
const SOURCES_LIMIT = 512 * 1024;

/** Our own form sends one. */
const MOST_FILES = 5;

/** The longest address that there may be, and longer than any id. */
const LONGEST_SOURCE = 2048;

/** A posted form of choices, and what was wrong with its file. */
export interface PostedWishes {
  /** `sources` holds what the file lists, too: it goes wherever the form goes, as a file cannot. `opml` holds the names of such files. */
  form: FormValues;
  faults: readonly Fault[];
}

const lengthOf = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0);

const nameOf = ({ name }: File): string => shortened(name, 60) || 'OPML';

/** Browsers send an empty file without a name where none was chosen. */
const isChosen = (value: string | File | undefined): value is File =>
  value instanceof File && (value.name !== '' || value.size > 0);

/** The feeds of one file; nothing but the fault where it has none, or more than there is room for. */
const feedsOf = async (file: File, room: number): Promise<{ feeds: string[]; fault?: Fault }> => {
  const fault = (key: Fault['key']) => ({ feeds: [], fault: { field: 'opml', key, value: nameOf(file) } });
  if (file.size > room) return fault('opml/large');
  const text = textOfFile(new Uint8Array(await file.arrayBuffer()));
  if (text.trim() !== '' && !isOpml(text)) return fault('opml/other');
  const feeds = feedsInOpml(text);
  return feeds.length === 0 ? fault('opml/none') : { feeds };
};

/** Typed sources; what is too long to be read, or to be shown again, is left out with a fault. */
const typedOf = (sources: readonly string[], faults: Fault[]): readonly string[] => {
  if (lengthOf(sources) <= SOURCES_LIMIT) return sources;
  faults.push({ field: 'sources', key: 'sources/large' });
  const short = sources.filter(({ length }) => length <= LONGEST_SOURCE);
  return lengthOf(short) <= SOURCES_LIMIT ? short : [];
};

/** The fields of a form of choices, with what a chosen file lists among the sources. Sizes are looked at before anything is read. */
export const readWishesForm = async (c: Context): Promise<PostedWishes> => {
  const body = await readBody(c);
  const { sources, ...others } = textsOf(body);
  if (lengthOf([...Object.keys(others), ...Object.values(others).flat()]) > FORM_LIMIT) throw new HTTPException(413);
  const files = [body.opml].flat().filter(isChosen);
  if (files.length > MOST_FILES) throw new HTTPException(400);
  const faults: Fault[] = [];
  const typed = typedOf(sources ?? [], faults);
  let room = SOURCES_LIMIT - lengthOf(typed);
  const feeds: string[] = [];
  const names: string[] = [];
  for (const file of files) {
    const read = await feedsOf(file, room);
    room -= read.fault?.key === 'opml/large' ? 0 : file.size;
    feeds.push(...read.feeds);
    if (read.fault) faults.push(read.fault);
    else names.push(nameOf(file));
  }
  const form = { ...others, ...(sources || feeds.length > 0 ? { sources: [...typed, ...feeds] } : {}) };
  return { form: names.length > 0 ? { ...form, opml: names } : form, faults };
};
