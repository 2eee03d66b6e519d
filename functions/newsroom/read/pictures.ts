import type { Picture } from './document.ts';
import { webLink } from './links.ts';
import type { Markup } from './plain-text.ts';
import { scan } from './scan.ts';
import { childrenOf, type Element, textOf } from './tree.ts';

const widthOf = (element: Element): number | undefined => {
  const width = Number.parseInt(element.attributes.get('width') ?? '', 10);
  return width > 0 ? width : undefined;
};

const isPicture = (element: Element): boolean => {
  const type = element.attributes.get('type') ?? '';
  const medium = element.attributes.get('medium') ?? '';
  const url = element.attributes.get('url') ?? element.attributes.get('href') ?? '';
  if (type || medium) return medium === 'image' || type.startsWith('image/');
  return /\.(jpe?g|png|webp|gif|avif)($|\?)/i.test(url);
};

const picture = (element: Element, reference: string | undefined): Picture[] => {
  const url = webLink(reference, element.base);
  return url === undefined ? [] : [{ url, width: widthOf(element) }];
};

/** Pictures that an entry names as its own: Media RSS (in groups too), enclosures, thumbnails, iTunes. */
export const picturesOf = (entry: Element): Picture[] => {
  const media = [entry, ...childrenOf(entry, 'media:group'), ...childrenOf(entry, 'media:content')];
  const contents = media.flatMap((holder) => childrenOf(holder, 'media:content')).filter(isPicture);
  const enclosures = childrenOf(entry, 'enclosure', 'link').filter(
    (child) => (child.name === 'enclosure' || child.attributes.get('rel') === 'enclosure') && isPicture(child),
  );
  const thumbnails = media.flatMap((holder) => childrenOf(holder, 'media:thumbnail'));
  return [
    ...contents.flatMap((child) => picture(child, child.attributes.get('url'))),
    ...enclosures.flatMap((child) => picture(child, child.attributes.get('url') ?? child.attributes.get('href'))),
    ...thumbnails.flatMap((child) => picture(child, child.attributes.get('url') ?? textOf(child))),
    ...childrenOf(entry, 'itunes:image').flatMap((child) => picture(child, child.attributes.get('href'))),
  ];
};

/** How far into an entry's text its first picture is looked for, in UTF-16 units. */
const LOOKED_AT = 20_000;

/** The first picture in HTML that is not a counting pixel or an emoji. */
const firstIn = ({ kind, value }: Markup, base: string | undefined): string | undefined => {
  if (kind !== 'html' || !/<img/i.test(value)) return undefined;
  let found: string | undefined;
  scan(value.slice(0, LOOKED_AT), 'html', {
    open: (name, attributes) => {
      if (found !== undefined || name.toLowerCase() !== 'img') return;
      const small = ['width', 'height'].some((side) => Number.parseInt(attributes.get(side) ?? '999', 10) < 50);
      if (!small) found = webLink(attributes.get('src'), base);
    },
    close: () => {},
    text: () => {},
  });
  return found;
};

const WIDE_ENOUGH = 300;

/** The picture to show: one that is wide enough, else the first named, else the first in the text; https before http. */
export const choosePicture = (
  named: readonly Picture[],
  texts: readonly Markup[],
  base: string | undefined,
): string | undefined => {
  const secure = named.filter(({ url }) => url.startsWith('https:'));
  const candidates = secure.length ? secure : named;
  const wide = candidates.find(({ width }) => width === undefined || width >= WIDE_ENOUGH) ?? candidates[0];
  if (wide) return wide.url;
  for (const text of texts) {
    const inside = firstIn(text, base);
    if (inside !== undefined) return inside;
  }
  return undefined;
};
