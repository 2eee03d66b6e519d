import type { IncomingMail } from '../model/incoming-mail.ts';
import type { ChromeLanguage } from '../model/subscriber.ts';
import { readAddress } from './address.ts';
import { localPartsAt, SUBSCRIBE, tokenOfStop } from './mail-addresses.ts';
import { isAuthentic } from './mail-trust.ts';
import { preferredLanguage } from './preferred-language.ts';

/** Why a mail changes nothing and gets no answer. */
export type Unanswered =
  | 'spam'
  | 'virus'
  | 'bounce'
  | 'list'
  | 'automatic'
  | 'ours'
  | 'sender'
  | 'not-authentic'
  | 'not-understood';

/** What a mail wants. */
export type MailCommand =
  /** Whoever holds the token may stop; who wrote the mail, and what it says, is nothing to us. */
  | { kind: 'stop'; token: string }
  | { kind: 'subscribe'; address: string; addressKey: string; language: ChromeLanguage }
  | { kind: 'nothing'; why: Unanswered };

/** Whom mails come to: the operator's domain for incoming mail, and the sender of our own. */
export interface Desk {
  domain: string;
  from: string;
  /** Addresses at reserved domains are readers too: local mode. */
  allowReserved: boolean;
}

/** As the subject, or as the first line; the word tells the language. */
const WORDS: Readonly<Record<ChromeLanguage, readonly string[]>> = {
  en: ['subscribe', 'sign up'],
  de: ['abonnieren', 'anmelden'],
  fr: ["s'abonner", 'abonnement', "s'inscrire"],
  es: ['suscribirse', 'suscribirme', 'suscribir'],
  ar: ['اشتراك', 'اشترك'],
};

const BY_WORD: ReadonlyMap<string, ChromeLanguage> = new Map(
  (['en', 'de', 'fr', 'es', 'ar'] as const).flatMap((language) =>
    WORDS[language].map((word): [string, ChromeLanguage] => [word, language]),
  ),
);

/** No word of ours is as long, with all the signs behind it: what is longer, a stranger's mail of nothing but `!`, is not looked through. */
const LONGEST_LINE = 100;

const wordOf = (text: string): ChromeLanguage | undefined => {
  const line = text.trim();
  if (line.length > LONGEST_LINE) return undefined;
  return BY_WORD.get(
    line
      .normalize('NFKC')
      .trim()
      .toLowerCase()
      .replaceAll('’', "'")
      .replace(/[.!]+$/, ''),
  );
};

/** The first line that is the author's own: quoted mails below or above are not. */
const firstLine = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('>')) ?? '';

/** The topmost of a header: those that SES puts on a mail stand above whatever came with it. */
const header = ({ headers }: IncomingMail, name: string): string | undefined =>
  headers.find((each) => each.name === name)?.value.trim();

/** Who SES says it took the mail for: the envelope's address, which To need not hold. */
const envelopeTo = (mail: IncomingMail): string[] => {
  const [, address] = /\bby inbound-smtp\.\S+ .*?\bfor <?([^\s<>;]+)>?;/.exec(header(mail, 'received') ?? '') ?? [];
  return address === undefined ? [] : [address];
};

const isFail = (mail: IncomingMail, verdict: string): boolean => header(mail, verdict)?.toUpperCase() === 'FAIL';

const MACHINES = /^(mailer-daemon|postmaster)@/i;

/** Why nobody waits for an answer to this mail; RFC 3834 2, and what mail programs really send. */
const unanswerable = (mail: IncomingMail, author: string, { domain, from }: Desk): Unanswered | undefined => {
  const has = (name: string): boolean => header(mail, name) !== undefined;
  if (isFail(mail, 'x-ses-virus-verdict')) return 'virus';
  if (isFail(mail, 'x-ses-spam-verdict')) return 'spam';
  const isOurs = has('x-broadsheet-delivery') || author.toLowerCase() === from.toLowerCase();
  if (isOurs || localPartsAt([author], domain).length > 0) return 'ours';
  const isReport = /^multipart\/report\b/i.test(header(mail, 'content-type') ?? '');
  if (header(mail, 'return-path') === '<>' || isReport || MACHINES.test(author)) return 'bounce';
  if (/^(bulk|list|junk)$/i.test(header(mail, 'precedence') ?? '') || has('list-id') || has('list-unsubscribe'))
    return 'list';
  const submitted = header(mail, 'auto-submitted') ?? 'no';
  if (!/^no\b/i.test(submitted) || has('x-auto-response-suppress') || has('x-autoreply')) return 'automatic';
  return undefined;
};

/** What somebody asks for who asks to be answered: only the author, proven to be them, is ever mailed. */
const asked = (mail: IncomingMail, localParts: readonly string[], desk: Desk): MailCommand => {
  const [author, other] = mail.from;
  if (author === undefined || other !== undefined) return { kind: 'nothing', why: 'sender' };
  const why = unanswerable(mail, author, desk);
  if (why !== undefined) return { kind: 'nothing', why };
  const language = wordOf(mail.subject) ?? wordOf(firstLine(mail.text));
  if (language === undefined && !localParts.some((part) => part.toLowerCase() === SUBSCRIBE))
    return { kind: 'nothing', why: 'not-understood' };
  const read = readAddress(author, { allowReserved: desk.allowReserved });
  if (!read.ok) return { kind: 'nothing', why: 'sender' };
  if (!isAuthentic(mail.headers, read.key)) return { kind: 'nothing', why: 'not-authentic' };
  const spoken = header(mail, 'content-language') ?? header(mail, 'accept-language');
  const { address, key: addressKey } = read;
  return { kind: 'subscribe', address, addressKey, language: language ?? preferredLanguage(spoken) };
};

/**
 * What a mail to our domain wants. A token in the address it went to comes first, and needs nothing else: programs that unsubscribe
 * for their owner send mails without a body, and mark them as made by a machine.
 */
export const commandOf = (mail: IncomingMail, desk: Desk): MailCommand => {
  const localParts = localPartsAt([...envelopeTo(mail), ...mail.to], desk.domain);
  const token = localParts.map(tokenOfStop).find((found) => found !== undefined);
  return token === undefined ? asked(mail, localParts, desk) : { kind: 'stop', token };
};
