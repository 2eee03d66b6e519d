import PostalMime from 'postal-mime';
import { iso } from '../../functions/model/time.ts';
import type { MailStore, ReceivedMail } from './mail-store.ts';

/** A mail as the inbox lists it for programs. */
export interface ListedMail {
  id: string;
  to: string;
  from: string;
  subject: string;
  /** When SES took it, by our clock: ISO, UTC. */
  date: string;
  kind: 'letter' | 'digest';
  tags: Record<string, string>;
  configurationSet: string | null;
}

/** A mail opened for reading. */
export interface OpenedMail extends ListedMail {
  html: string;
  text: string;
  headers: string;
  /** Bytes of the HTML part as a mail program gets it, decoded: Gmail cuts at 102 KB. */
  htmlBytes: number;
  /** Where RFC 8058's one-click POST goes, if the mail offers it. */
  oneClick: string | undefined;
  /** The `mailto:` by which a mail unsubscribes, if it offers one. */
  byMail: string | undefined;
}

const subjects = new WeakMap<ReceivedMail, string>();

const headerOf = (raw: Uint8Array): Buffer => {
  const bytes = Buffer.from(raw);
  const end = bytes.indexOf('\r\n\r\n');
  return end < 0 ? bytes : bytes.subarray(0, end + 4);
};

const subjectOf = async (store: MailStore, mail: ReceivedMail): Promise<string> => {
  const known = subjects.get(mail);
  if (known !== undefined) return known;
  const { subject = '' } = await PostalMime.parse(headerOf(store.raw(mail.id) ?? new Uint8Array()));
  subjects.set(mail, subject);
  return subject;
};

const listed = async (store: MailStore, mail: ReceivedMail): Promise<ListedMail> => ({
  id: mail.id,
  to: mail.to.join(', '),
  from: mail.from,
  subject: await subjectOf(store, mail),
  date: iso(mail.at),
  kind: 'delivery' in mail.tags ? 'digest' : 'letter',
  tags: mail.tags,
  configurationSet: mail.configurationSet,
});

/** All mails, newest first. */
export const listMails = (store: MailStore): Promise<ListedMail[]> =>
  Promise.all(
    store
      .all()
      .toReversed()
      .map((mail) => listed(store, mail)),
  );

const waysOut = (headers: readonly { key: string; value: string }[]): Pick<OpenedMail, 'oneClick' | 'byMail'> => {
  const headerValue = (name: string): string => headers.find(({ key }) => key === name)?.value ?? '';
  const ways = headerValue('list-unsubscribe');
  const isOneClick = /List-Unsubscribe=One-Click/i.test(headerValue('list-unsubscribe-post'));
  return {
    oneClick: isOneClick ? /<(https?:[^>]+)>/i.exec(ways)?.[1] : undefined,
    byMail: /<(mailto:[^>]+)>/i.exec(ways)?.[1],
  };
};

/** One mail, parsed by a reader of mail that is not the code which wrote it. */
export const openMail = async (store: MailStore, id: string): Promise<OpenedMail | undefined> => {
  const mail = store.all().find((one) => one.id === id);
  const raw = store.raw(id);
  if (!mail || !raw) return undefined;
  const { html = '', text = '', headers } = await PostalMime.parse(raw);
  return {
    ...(await listed(store, mail)),
    html,
    text,
    headers: headerOf(raw).toString('utf8').trimEnd(),
    htmlBytes: Buffer.byteLength(html),
    ...waysOut(headers),
  };
};
