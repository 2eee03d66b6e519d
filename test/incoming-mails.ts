import { asReceived, type Handed } from '../infra/local/received.ts';
import { BASE_AT } from './builders.ts';

export const INBOUND = 'in.news.example';

const DIGEST = ['', 'On Monday, Broadsheet wrote:', '> Top stories', '> subscribe', '> https://news.example/u/abc'];

/** What a mail program writes, as lists of lines: headers beyond the usual, and the body. */
export interface Written {
  from?: string;
  to?: string;
  subject?: string;
  date?: string;
  headers?: readonly string[];
  body?: readonly string[];
}

const HTML = 'Content-Type: text/html; charset=utf-8';

/** A mail as its author's program hands it over. */
export const writtenMail = ({
  from = 'Ada <ada@reader.example>',
  to,
  subject = '',
  date = 'Mon, 05 Jan 2026 07:00:00 +0000',
  headers = [],
  body = [],
}: Written) =>
  [
    `From: ${from}`,
    `To: ${to ?? `subscribe@${INBOUND}`}`,
    `Subject: ${subject}`,
    `Date: ${date}`,
    'MIME-Version: 1.0',
    ...headers,
    '',
    ...body,
    '',
  ].join('\r\n');

/** The kinds of mails in which each command comes: promise by promise, what changes and what is answered. */
export const KINDS: Readonly<Record<string, { written: Written; handed?: Partial<Handed> }>> = {
  plain: { written: { body: ['Hello'] } },
  'a quoted digest below': { written: { body: ['Hello', ...DIGEST] } },
  'HTML only': { written: { headers: [HTML], body: ['<html><body><p>Hello</p></body></html>'] } },
  '400 kB': { written: { body: ['Hello', ...Array.from({ length: 5_000 }, () => 'x'.repeat(80))] } },
  'an auto-reply': { written: { headers: ['Auto-Submitted: auto-replied'] } },
  'a bounce': { written: { headers: ['Content-Type: text/plain'] }, handed: { from: '' } },
  'a list': { written: { headers: ['List-Id: <l.reader.example>', 'Precedence: list'] } },
  'a forged From': { written: {}, handed: { from: 'eve@evil.example', signedBy: 'evil.example' } },
};

/** A mail as SES stores it: by default from Ada, whose domain vouches for her. */
export const receivedMail = (written: Written, handed: Partial<Handed> = {}): Uint8Array => {
  const to = written.to ?? `subscribe@${INBOUND}`;
  const whole = { from: 'ada@reader.example', to, signedBy: 'reader.example', ...handed };
  return Buffer.from(asReceived(writtenMail(written), whole, 'abc123', BASE_AT));
};
