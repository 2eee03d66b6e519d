import type { IncomingMail } from '../model/incoming-mail.ts';
import type { ChromeLanguage } from '../model/subscriber.ts';
import { readAddress } from './address.ts';
import { LEAVE, localPartsAt, SUBSCRIBE, tokenOfStop } from './mail-addresses.ts';
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
  /** By whoever is proven to own the address. */
  | { kind: 'leave'; addressKey: string }
  | { kind: 'nothing'; why: Unanswered };

/** Whom mails come to: the operator's domain for incoming mail, and the sender of our own. */
export interface Desk {
  domain: string;
  from: string;
  /** Addresses at reserved domains are readers too: local mode. */
  allowReserved: boolean;
}

type Wants = 'subscribe' | 'leave';

/** As the subject, or as the first line; the word tells the language. */
const WORDS: Readonly<Record<ChromeLanguage, Readonly<Record<Wants, readonly string[]>>>> = {
  en: { subscribe: ['subscribe', 'sign up'], leave: ['unsubscribe', 'stop'] },
  de: { subscribe: ['abonnieren', 'anmelden'], leave: ['abbestellen', 'abmelden'] },
  fr: {
    subscribe: ["s'abonner", 'abonnement', "s'inscrire"],
    leave: ['se désabonner', 'désabonner', 'désabonnement', 'désinscription'],
  },
  es: { subscribe: ['suscribirse', 'suscribirme', 'suscribir'], leave: ['cancelar', 'baja', 'darme de baja'] },
  ar: { subscribe: ['اشتراك', 'اشترك'], leave: ['إلغاء الاشتراك', 'إلغاء'] },
};

/** A word of ours: what it asks for, and in which language. */
interface Word {
  wants: Wants;
  language: ChromeLanguage;
}

const BY_WORD: ReadonlyMap<string, Word> = new Map(
  (['en', 'de', 'fr', 'es', 'ar'] as const).flatMap((language) =>
    (['subscribe', 'leave'] as const).flatMap((wants) =>
      WORDS[language][wants].map((word): [string, Word] => [word.normalize('NFKC'), { wants, language }]),
    ),
  ),
);

const BY_ADDRESS: ReadonlyMap<string, Wants> = new Map([
  [SUBSCRIBE, 'subscribe'],
  ...LEAVE.map((localPart): [string, Wants] => [localPart, 'leave']),
]);

/** No word of ours is as long, with all the signs behind it: what is longer, a stranger's mail of nothing but `!`, is not looked through. */
const LONGEST_LINE = 100;

const wordOf = (text: string): Word | undefined => {
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

/** What somebody asks for by a word or by where they write: only the author, proven to be them, is ever mailed, or taken off. */
const asked = (mail: IncomingMail, localParts: readonly string[], desk: Desk): MailCommand => {
  const [author, other] = mail.from;
  if (author === undefined || other !== undefined) return { kind: 'nothing', why: 'sender' };
  const why = unanswerable(mail, author, desk);
  if (why !== undefined) return { kind: 'nothing', why };
  const word = wordOf(mail.subject) ?? wordOf(firstLine(mail.text));
  const [byAddress] = localParts.flatMap((part) => BY_ADDRESS.get(part.toLowerCase()) ?? []);
  const wants = word?.wants ?? byAddress;
  if (wants === undefined) return { kind: 'nothing', why: 'not-understood' };
  const read = readAddress(author, { allowReserved: desk.allowReserved });
  if (!read.ok) return { kind: 'nothing', why: 'sender' };
  if (!isAuthentic(mail.headers, read.key)) return { kind: 'nothing', why: 'not-authentic' };
  const { address, key: addressKey } = read;
  if (wants === 'leave') return { kind: 'leave', addressKey };
  const spoken = header(mail, 'content-language') ?? header(mail, 'accept-language');
  return { kind: 'subscribe', address, addressKey, language: word?.language ?? preferredLanguage(spoken) };
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
