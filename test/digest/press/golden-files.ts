import PostalMime from 'postal-mime';
import { createPress } from '../../../functions/digest/press/press.ts';
import { PEOPLE } from './people.ts';
import { BRAND, ENVELOPE } from './views.ts';

/** Where golden mails are kept. */
export const GOLDEN = new URL('../../golden/', import.meta.url);

/** Every golden file by name: each person's mail whole, and its two parts as a mail program sees them. */
export const goldenFiles = async (): Promise<Map<string, string>> => {
  const press = createPress(BRAND);
  const files = new Map<string, string>();
  for (const [name, view] of Object.entries(PEOPLE)) {
    const { raw } = press.digest(view, ENVELOPE);
    const { html, text } = await PostalMime.parse(raw);
    files.set(`${name}.eml`, raw);
    files.set(`${name}.txt`, text ?? '');
    if (html) files.set(`${name}.html`, html);
  }
  return files;
};
