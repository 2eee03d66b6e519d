import type { Log } from '../../functions/ports.ts';
import type { PostOffice } from './post-office.ts';
import type { Handed } from './received.ts';

/** What became of a mail to us, as handle-mail logs it: words of closed lists. */
export interface MailDone {
  outcome: string;
  why?: string;
}

/** What takes mails for a domain. */
export interface Inlet {
  domain: string;
  /** Takes a mail in as SES does, and waits until all that comes of it is done; without `done` its work failed. */
  receive(raw: Uint8Array, handed: Handed): Promise<{ id: string; done?: MailDone }>;
}

/** A log, and what handle-mail says in it of a mail, once for each. */
export interface HeardLog {
  log: Log;
  take(mail: string): MailDone | undefined;
}

/** Listens to a log: nothing else says what became of a mail, for whoever wrote it is often not answered. */
export const hearMails = (log: Log): HeardLog => {
  const heard = new Map<string, MailDone>();
  return {
    log: {
      ...log,
      info(event, fields = {}) {
        log.info(event, fields);
        const { mail, outcome, why } = fields;
        if (event === 'mail.done' && typeof mail === 'string' && typeof outcome === 'string')
          heard.set(mail, { outcome, ...(typeof why === 'string' && { why }) });
      },
    },
    take(mail) {
      const done = heard.get(mail);
      heard.delete(mail);
      return done;
    },
  };
};

/** The way in for a domain's mails. */
export const openInlet = (
  domain: string,
  office: PostOffice,
  { take }: HeardLog,
  settle: () => Promise<void>,
): Inlet => ({
  domain,
  async receive(raw, handed) {
    const id = await office.receive(raw, handed);
    await settle();
    const done = take(id);
    return { id, ...(done && { done }) };
  },
});
