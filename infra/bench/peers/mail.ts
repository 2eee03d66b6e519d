import nodemailer from 'nodemailer';
import { RULE, wrap } from '../../../functions/digest/press/wrap.ts';
import type { DigestView } from '../../../functions/model/digest.ts';
import type { Content, Item, Part } from './content.ts';

const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

const flat = (parts: readonly Part[]): string => parts.map(({ text }) => text).join('');

const itemText = ({ title, summary, meta, also, reason, url }: Item): string =>
  [...[title, summary, flat(meta), flat(also), reason].filter((text) => text !== '').map(wrap), url].join('\n');

/** The text part, written for reading as ours is. */
export const textOf = (content: Content): string => {
  const { brand, date, contents, web, viewInBrowser, lead, sections, end, next, why, privacy, links } = content;
  return [
    `${brand}\n${date}\n${wrap(contents)}`,
    `${viewInBrowser}:\n${web}`,
    RULE,
    ...(lead ? [itemText(lead)] : []),
    ...sections.flatMap(({ heading, items }) => [`== ${heading} ==`, ...items.map(itemText)]),
    RULE,
    wrap(`${end} ${next}`),
    wrap(flat(why)),
    wrap(flat(privacy)),
    `${content.contact}\n${content.postalAddress}`,
    ...links.flatMap(({ text, url }) => (url === undefined ? [] : [`${text}:\n${url}`])),
  ].join('\n\n');
};

/** The mail around some HTML, by nodemailer: text part, headers and encoding as a digest needs them. */
export const mail = async (view: DigestView, content: Content, html: string, text: string): Promise<Uint8Array> => {
  const sent = await transport.sendMail({
    from: { name: content.brand, address: 'digest@broadsheet.example' },
    to: view.reader.address,
    subject: content.subject,
    date: new Date(view.at),
    messageId: '<bench@broadsheet.example>',
    text,
    html,
    headers: {
      'List-Unsubscribe': `<${view.links.unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': `"${content.brand}" <digest.broadsheet.example>`,
      Precedence: 'list',
      'X-Broadsheet-Delivery': 'bench',
      'Auto-Submitted': 'auto-generated',
    },
  });
  if (!(sent.message instanceof Uint8Array)) throw new Error('nodemailer: no buffer');
  return sent.message;
};
