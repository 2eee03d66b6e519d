import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Subscriber } from '../../model/subscriber.ts';
import { type OpenedLink, openLink, type Purpose } from '../links.ts';
import { type Frame, frameOf } from '../pages/layout.ts';
import type { WebPorts } from '../ports-of-web.ts';
import { chromeOf, preferredLanguage } from '../preferred-language.ts';
import type { FormValues } from '../wishes.ts';

/** The frame of a page: in the reader's language where we know the reader, else in that of its address (`?lang=de`), else in the browser's. */
export const frameFor = (ports: WebPorts, c: Context, reader?: Subscriber): Frame => {
  const asked = reader ? undefined : chromeOf(c.req.query('lang') ?? '');
  const language = reader?.preferences.language ?? asked ?? preferredLanguage(c.req.header('accept-language'));
  const offersLanguages = !reader && c.req.method === 'GET';
  return { ...frameOf(language, ports.brand, ports.notices), asked, offersLanguages };
};

type PostedBody = Readonly<Record<string, string | File | (string | File)[]>>;

/** The fields and files of a posted form. A body of another type is refused with 415; a broken one with 400. */
export const readBody = async (c: Context): Promise<PostedBody> => {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type === undefined || type === '') return {};
  if (type !== 'application/x-www-form-urlencoded' && type !== 'multipart/form-data') throw new HTTPException(415);
  return c.req.parseBody({ all: true }).catch(() => {
    throw new HTTPException(400);
  });
};

const textsIn = (value: PostedBody[string]): string[] => [value].flat().filter((each) => typeof each === 'string');

/** The fields of a posted form without its files. */
export const textsOf = (body: PostedBody): FormValues =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, textsIn(value)]));

/** The fields of a posted form that takes no file. */
export const readForm = async (c: Context): Promise<FormValues> => textsOf(await readBody(c));

/** The first value of a field; empty if there is none. */
export const fieldOf = (form: FormValues, name: string): string => form[name]?.[0] ?? '';

/**
 * Leads a GET of an act's address to the page that has its button: browsers ask again for what a form led to, when they bring back a tab
 * or somebody presses Enter in the address bar.
 */
export const backTo =
  (page: 'm' | 'u' | 'p', rest = '') =>
  (c: Context): Response =>
    c.redirect(`/${page}/${encodeURIComponent(c.req.param('token') ?? '')}${rest}`, 303);

type Opened<P extends Purpose> = OpenedLink & { ok: true; purpose: P };

/** The opened token of a route, if it is good and of the purpose that the route takes. */
export const tokenFor = <Mine extends OpenedLink>(
  ports: WebPorts,
  c: Context,
  isMine: (opened: OpenedLink) => opened is Mine,
): Mine | undefined => {
  const opened = openLink(ports.keys, c.req.param('token') ?? '', ports.clock.now());
  return isMine(opened) ? opened : undefined;
};

export const isConfirm = (opened: OpenedLink): opened is Opened<'confirm'> => opened.ok && opened.purpose === 'confirm';
export const isManage = (opened: OpenedLink): opened is Opened<'manage' | 'own'> =>
  opened.ok && (opened.purpose === 'manage' || opened.purpose === 'own');
export const isPause = (opened: OpenedLink): opened is Opened<'pause'> => opened.ok && opened.purpose === 'pause';
export const isUnsubscribe = (opened: OpenedLink): opened is Opened<'unsubscribe'> =>
  opened.ok && opened.purpose === 'unsubscribe';
export const isAddress = (opened: OpenedLink): opened is Opened<'address'> => opened.ok && opened.purpose === 'address';
export const isWeb = (opened: OpenedLink): opened is Opened<'web'> => opened.ok && opened.purpose === 'web';
