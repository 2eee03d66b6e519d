import type { IncomingMail } from '../model/incoming-mail.ts';
import type { ChromeLanguage, SubscriberId } from '../model/subscriber.ts';
import type { Instant } from '../model/time.ts';
import type { Arrivals, Sources } from '../ports.ts';
import { type Catalogue, createCatalogue, defaultsIn } from './catalogue.ts';
import { leave } from './leave.ts';
import { openFromAddress } from './links.ts';
import { commandOf, type Desk, type MailCommand } from './mail-commands.ts';
import { type SignUpPorts, signUp } from './sign-up.ts';
import { readWishes } from './wishes.ts';
import { zoneOfMail } from './zone-of-mail.ts';

/** What incoming mail needs. Nothing here mails: letters go on their queue, as the pages' do. */
export interface MailPorts extends SignUpPorts {
  arrivals: Arrivals;
  sources: Pick<Sources, 'all' | 'request'>;
  desk: Desk;
}

/** What became of a mail, for the log: words of closed lists and ids. */
type Done = Record<'outcome', string> & { why?: string; subscriber?: SubscriberId };

const stop = async (ports: MailPorts, token: string, now: Instant): Promise<Done> => {
  const opened = openFromAddress(ports.keys, token, now);
  if (!opened.ok) return { outcome: 'dead-link', why: opened.why };
  // tokens for anything else are in mails that get forwarded, and take no mail
  if (opened.purpose !== 'unsubscribe') return { outcome: 'dead-link', why: opened.purpose };
  return { outcome: await leave(ports, opened.id, now), subscriber: opened.id };
};

/** Ends the subscription of an address; an address that its reader moved away from is nobody's. */
const leaveBy = async (ports: MailPorts, addressKey: string, now: Instant): Promise<Done> => {
  const id = await ports.subscribers.idOfAddress(addressKey);
  const reader = id === undefined ? undefined : await ports.subscribers.byId(id);
  if (reader?.addressKey !== addressKey) return { outcome: 'nobody' };
  return { outcome: await leave(ports, reader.id, now), subscriber: reader.id };
};

const dateOf = ({ headers }: IncomingMail): string | undefined => headers.find(({ name }) => name === 'date')?.value;

type Asked = Extract<MailCommand, { kind: 'subscribe' }>;

/** The choices of somebody who posts the form as it stands. The country stays open: they would not see that it was guessed. */
const choicesOf = (catalogue: Catalogue, zone: string, language: ChromeLanguage) => {
  const defaults = defaultsIn(catalogue, { zone, language, country: '' });
  const read = readWishes({}, defaults, { house: catalogue.house, followed: new Set() });
  if (!read.ok) throw new Error('the choices of the form as it stands are wrong');
  return { preferences: read.preferences, own: read.own };
};

const subscribe = async (
  ports: MailPorts,
  { address, addressKey, language }: Asked,
  date: string | undefined,
  catalogue: Catalogue,
  now: Instant,
): Promise<Done> => {
  const choices = choicesOf(catalogue, zoneOfMail({ date, address }, now), language);
  const outcome = await signUp(ports, { address, addressKey, ...choices }, now);
  return { outcome: outcome === 'taken' ? outcome : outcome.kind };
};

/**
 * Takes the mails of a bucket, one at a time: what each wants is done, then it is deleted. A mail that comes twice changes nothing the second
 * time: it is gone, or who left has left, or the address had its letter.
 */
export const createMailTaker = (ports: MailPorts): ((key: string, now: Instant) => Promise<void>) => {
  const catalogue = createCatalogue(ports.sources);
  const obey = async (mail: IncomingMail | 'unreadable', now: Instant): Promise<Done> => {
    if (mail === 'unreadable') return { outcome: 'ignored', why: mail };
    const command = commandOf(mail, ports.desk);
    switch (command.kind) {
      case 'stop':
        return stop(ports, command.token, now);
      case 'subscribe':
        return subscribe(ports, command, dateOf(mail), await catalogue(now), now);
      case 'leave':
        return leaveBy(ports, command.addressKey, now);
      case 'nothing':
        return { outcome: 'ignored', why: command.why };
      default:
        return command satisfies never;
    }
  };
  return async (key, now) => {
    const mail = await ports.arrivals.read(key);
    if (mail === undefined) return;
    const done = await obey(mail, now);
    await ports.arrivals.delete(key);
    // SES's id of it, which the sender's server was told: one that got no answer can be looked for
    ports.log.info('mail.done', { mail: key, ...done });
  };
};
