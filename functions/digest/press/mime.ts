import { createHash } from 'node:crypto';
import type { Brand } from '../../model/digest.ts';
import { mailbox } from '../../model/mail.ts';
import type { Instant } from '../../model/time.ts';
import { stopAddress } from '../../subscribers/mail-addresses.ts';
import { displayName, headerText } from './encoded-word.ts';

/** What a mail needs besides its content. */
export interface Envelope {
  /** The recipient's address, ASCII. */
  to: string;
  /** The delivery id of a digest; absent in letters and previews. */
  delivery?: string;
  date: Instant;
  /** Where one-click unsubscription is posted (RFC 8058), https. */
  unsubscribe?: string;
  /** True if it answers a mail that somebody sent us (RFC 3834 5). */
  reply?: boolean;
}

/** Headers that are alike in all mails of one brand. */
export interface Letterhead {
  from: string;
  domain: string;
  listId: string;
  /** The domain at which a mail unsubscribes as well. */
  inbound: string | undefined;
}

/** Nothing that is put into a header may end it or leave ASCII. */
const oneLine = (value: string): string => {
  if (!/^[\x21-\x7e]+$/.test(value))
    throw new Error('a header value holds a blank, a control or a character beyond ASCII');
  return value;
};

/** What all mails of a brand have in their headers. Throws if the sender's address cannot stand in a header. */
export const letterhead = (brand: Brand): Letterhead => {
  const domain = oneLine(brand.from).slice(brand.from.lastIndexOf('@') + 1);
  const from = `From: ${displayName(brand.name)} <${brand.from}>\r\n`;
  const inbound = brand.inbound && oneLine(brand.inbound);
  return { from, domain, listId: `List-Id: ${displayName(brand.name)} <digest.${domain}>\r\n`, inbound };
};

/** The last date line made: many mails in a row leave within one second. */
let dated = { second: -1, line: '' };

/** RFC 5322 3.3, always UTC. */
const dateLine = (at: Instant): string => {
  const second = Math.floor(at / 1000);
  if (dated.second !== second) {
    dated = { second, line: `Date: ${new Date(second * 1000).toUTCString().replace('GMT', '+0000')}\r\n` };
  }
  return dated.line;
};

const messageId = ({ delivery, to, date }: Envelope): string =>
  delivery ?? createHash('sha256').update(`${to} ${date}`).digest('base64url').slice(0, 22);

/**
 * The boundary between the parts. Neither part can hold it: quoted-printable writes every `=` out, and our HTML writes `=_` with a
 * number, wherever it came from.
 */
export const BOUNDARY = '=_broadsheet_part';

/** `Subject: …`, folded and encoded; it depends on the stories alone, so that callers can keep it. */
export const subjectLine = (subject: string): string => `Subject: ${headerText(subject, 9)}\r\n`;

/** How to leave: https first, which mail programs post to; by mail for those that know nothing else. In one line, as signers expect it. */
const waysOut = ({ inbound }: Letterhead, unsubscribe: string): string =>
  inbound === undefined
    ? `<${oneLine(unsubscribe)}>`
    : `<${oneLine(unsubscribe)}>, <mailto:${stopAddress(unsubscribe, inbound)}>`;

/** Everything above the body, but its type: our own headers, each once, SES replaces Date and Message-ID. */
export const headersOf = (head: Letterhead, envelope: Envelope, subject: string): string => {
  const { to, delivery, unsubscribe, date, reply } = envelope;
  const list = unsubscribe
    ? `List-Unsubscribe: ${waysOut(head, unsubscribe)}\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n${head.listId}Precedence: list\r\n`
    : '';
  return (
    `${head.from}To: <${oneLine(mailbox(to))}>\r\n${subject}${dateLine(date)}Message-ID: <${messageId(envelope)}@${head.domain}>\r\n${list}` +
    `${delivery ? `X-Broadsheet-Delivery: ${oneLine(delivery)}\r\n` : ''}Auto-Submitted: ${reply ? 'auto-replied' : 'auto-generated'}\r\nMIME-Version: 1.0\r\n`
  );
};

const TEXT = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n';
const html = (encoding: string): string =>
  `\r\n--${BOUNDARY}\r\nContent-Type: text/html; charset=us-ascii\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;

/** What stands between the headers, the text and the HTML of a mail. */
export const PARTS = {
  textOnly: TEXT,
  beforeText: `Content-Type: multipart/alternative; boundary="${BOUNDARY}"\r\n\r\n--${BOUNDARY}\r\n${TEXT}`,
  beforeHtml: html('7bit'),
  beforeEncodedHtml: html('base64'),
  end: `\r\n--${BOUNDARY}--\r\n`,
} as const;

/** Base64 in lines of 76 (RFC 2045 6.8): for HTML with a line that 7bit may not carry. */
export const base64Lines = (ascii: string): string =>
  Buffer.from(ascii, 'latin1').toString('base64').replace(/.{76}/g, '$&\r\n');
