import { Hono } from 'hono';
import { readMail } from '../../functions/adapters/read-mail.ts';
import type { Inlet } from './inlet.ts';
import { domainOf, type Handed } from './received.ts';

type Query = Readonly<Record<string, string>>;

/** The envelope, and who signed: as an honest server would say it, but for what the query says. */
const handedBy = async (raw: Uint8Array, query: Query): Promise<Partial<Handed>> => {
  const mail = await readMail(raw);
  const from = query.from ?? mail?.from[0];
  const to = query.to ?? mail?.to[0];
  const signed = query.signed ?? (from === undefined ? undefined : domainOf(from));
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    signedBy: signed === 'nobody' || signed === '' ? undefined : signed,
    spam: query.spam === 'yes',
    virus: query.virus === 'yes',
  };
};

const HELP =
  'POST the mail itself (RFC 5322) to /_mail?to=ADDRESS&from=ENVELOPE_SENDER&signed=DOMAIN|nobody&spam=yes&virus=yes; to and from as in the mail unless said';

/** `POST /_mail`: a mail comes to us, with what SES finds of it. */
export const mailRoutes = (inlet: Inlet): Hono => {
  const app = new Hono();
  app.get('/_mail', (c) => c.json({ domain: inlet.domain, help: HELP }));
  app.post('/_mail', async (c) => {
    const raw = new Uint8Array(await c.req.arrayBuffer());
    const { from, to, ...found } = await handedBy(raw, c.req.query());
    if (raw.length === 0 || from === undefined || to === undefined) return c.json({ error: HELP }, 400);
    // no rule of ours takes it, so SES would not either
    if (domainOf(to).toLowerCase() !== inlet.domain) return c.json({ error: `to: an address @${inlet.domain}` }, 400);
    const { id, done } = await inlet.receive(raw, { signedBy: undefined, ...found, from, to });
    return c.json({ id, ...done });
  });
  return app;
};
