import { randomUUID } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { headerText } from '../../functions/digest/press/encoded-word.ts';
import { type Instant, MINUTE } from '../../functions/model/time.ts';
import type { Inlet, MailDone } from './inlet.ts';
import { domainOf } from './received.ts';

/** A mail without a body, as somebody's own mail program would send it. */
export interface OwnMail {
  from: string;
  to: string;
  subject: string;
}

/** As it travels: a mail program writes a domain in ASCII (RFC 5891). */
const travelling = (address: string): string => {
  const domain = domainOf(address);
  return `${address.slice(0, -domain.length)}${domainToASCII(domain)}`;
};

/**
 * A date as a mail program writes it: in the zone of its machine, which tells where its author is.
 * @param ahead minutes east of UTC
 */
export const dateOf = (at: Instant, ahead = -new Date(at).getTimezoneOffset()): string => {
  const [hours, minutes] = [Math.trunc(Math.abs(ahead) / 60), Math.abs(ahead) % 60];
  const offset = [hours, minutes].map((each) => String(each).padStart(2, '0')).join('');
  const there = new Date(at + ahead * MINUTE).toUTCString();
  return there.replace('GMT', `${ahead < 0 ? '-' : '+'}${offset}`);
};

const written = ({ from, to, subject }: OwnMail, at: Instant): Uint8Array =>
  Buffer.from(
    [
      `From: ${from}`,
      `To: ${to}`,
      `Subject: ${headerText(subject, 9)}`,
      `Date: ${dateOf(at)}`,
      `Message-ID: <${randomUUID()}@${domainOf(from)}>`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      '',
    ].join('\r\n'),
  );

/** Sends a mail to us through an honest server, which signs it for its author's domain. */
export const mailIn = async (inlet: Inlet, mail: OwnMail, at: Instant): Promise<MailDone | undefined> => {
  const { to, subject } = mail;
  const from = travelling(mail.from);
  return (await inlet.receive(written({ from, to, subject }, at), { from, to, signedBy: domainOf(from) })).done;
};

/** The mail that a `mailto:` asks for (RFC 6068), but for a body, which no command of ours needs. */
export const askedBy = (mailto: string, from: string): OwnMail => {
  const { pathname, searchParams } = new URL(mailto);
  return { from, to: decodeURIComponent(pathname), subject: searchParams.get('subject') ?? '' };
};
