import { decodeHTML } from 'entities';
import PostalMime, { type Address, addressParser } from 'postal-mime';
import { type IncomingMail, incomingMail } from '../model/incoming-mail.ts';

const BLOCK = /<(?:br|hr|\/?(?:p|div|tr|li|ul|ol|table|blockquote|h[1-6]))\b[^<>]*>/gi;

/** What an HTML mail says, a line for each block; good enough to find its first line, and shown to nobody. */
const linesOf = (html: string): string =>
  decodeHTML(
    html
      .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
      .replace(/<(head|style|script|title|blockquote)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '\n')
      .replace(/[\r\n]+/g, ' ')
      .replace(BLOCK, '\n')
      .replace(/<[^<>]*>/g, ''),
  );

const addressesOf = (some: readonly (Address | undefined)[] = []): string[] =>
  some.flatMap((each) => (each?.address ? [each.address] : (each?.group ?? []).map(({ address }) => address)));

/** A signature's name that a verifier may not know for one, with a blank before the colon or a letter that only lower case makes ours. */
const nameOf = (key: string, line = ''): string =>
  key === 'dkim-signature' && !/^dkim-signature:/i.test(line) ? `odd ${key}` : key;

/**
 * Reads a raw mail, or its beginning: what is cut off ends where it ends.
 * @returns undefined for what is no mail at all
 */
export const readMail = async (raw: Uint8Array): Promise<IncomingMail | undefined> => {
  try {
    // a mail within a mail is somebody else's word
    const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true });
    const text = mail.text?.trim() ? mail.text : linesOf(mail.html ?? '');
    return incomingMail.parse({
      headers: mail.headers.map(({ key, value }, at) => ({ name: nameOf(key, mail.headerLines[at]?.line), value })),
      // `mail.from` is the first of them only
      from: addressesOf(mail.headers.flatMap(({ key, value }) => (key === 'from' ? addressParser(value) : []))),
      to: addressesOf([...(mail.to ?? []), ...(mail.cc ?? [])]),
      subject: mail.subject ?? '',
      text,
    });
  } catch {
    return undefined;
  }
};
