import type { Brand, DigestView } from '../../../functions/model/digest.ts';
import { type Content, contentOf } from './content.ts';
import { byHandlebars } from './handlebars.ts';
import { mail } from './mail.ts';
import { byMjml } from './mjml.ts';
import { byReact } from './react.ts';

/** How others would make the same mail: each takes a view to the bytes of a mail, rendering per reader. */
export type Peer = (view: DigestView, subject: string, brand: Brand) => Promise<Uint8Array>;

const peer =
  (render: (content: Content) => Promise<string>): Peer =>
  async (view, subject, brand) => {
    const content = contentOf(view, subject, brand);
    return mail(view, content, await render(content));
  };

/** Peers by name, with how many readers of a round are enough for them. */
export const PEERS: Record<string, { make: Peer; readers: number }> = {
  'mjml2html + nodemailer': { make: peer(byMjml), readers: 12 },
  'handlebars + nodemailer': { make: peer(byHandlebars), readers: 100 },
  '@react-email/render + nodemailer': { make: peer(byReact), readers: 50 },
};
