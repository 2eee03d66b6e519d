import type { Brand, DigestView } from '../../../functions/model/digest.ts';
import { type Content, contentOf } from './content.ts';
import { byHandlebars } from './handlebars.ts';
import { mail, textOf } from './mail.ts';
import { byMjml } from './mjml.ts';
import { byReact, textByReact } from './react.ts';

/** How others would make the same mail: each takes a view to the bytes of a mail, rendering per reader. */
export type Peer = (view: DigestView, subject: string, brand: Brand) => Promise<Uint8Array>;

type TextOf = (html: string, content: Content) => string;

const byHand: TextOf = (_, content) => textOf(content);

const peer =
  (render: (content: Content) => Promise<string>, text: TextOf): Peer =>
  async (view, subject, brand) => {
    const content = contentOf(view, subject, brand);
    const html = await render(content);
    return mail(view, content, html, text(html, content));
  };

/** Peers by name, with how many readers of a round are enough for them. Two stand twice: at their least, and as they are mostly used. */
export const PEERS: Record<string, { make: Peer; readers: number }> = {
  'mjml2html + nodemailer': { make: peer(byMjml(false), byHand), readers: 12 },
  'mjml2html with minify + nodemailer': { make: peer(byMjml(true), byHand), readers: 12 },
  'handlebars + nodemailer': { make: peer(byHandlebars, byHand), readers: 100 },
  '@react-email/render, its text written by hand, + nodemailer': { make: peer(byReact, byHand), readers: 50 },
  '@react-email/render, its text by toPlainText, + nodemailer': { make: peer(byReact, textByReact), readers: 50 },
};
