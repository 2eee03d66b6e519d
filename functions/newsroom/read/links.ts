/** What a link or address may be at most, as RFC 9110 asks of servers to take at least, and mail programs not to break. */
const LONGEST = 2048;

/** Base and reference as one absolute address of any scheme, or nothing if that makes no sense. */
export const resolveLink = (reference: string, base: string | undefined): string | undefined => {
  const trimmed = reference.trim();
  if (trimmed.length > LONGEST) return undefined;
  return URL.parse(trimmed, base)?.href;
};

/** The base that an `xml:base` or Content-Location makes of the outer one: only an http or https address can be one. */
export const baseWithin = (reference: string | undefined, outer: string | undefined): string | undefined => {
  const base = reference === undefined ? undefined : resolveLink(reference, outer);
  return base !== undefined && /^https?:/.test(base) ? base : outer;
};

/**
 * A link as a mail may hold it: absolute, http or https, no credentials, at most 2,048 characters. A link that is absolute
 * already stays as the feed wrote it, unless it holds blanks, invisible characters or what could end an attribute.
 */
export const webLink = (reference: string | undefined, base: string | undefined): string | undefined => {
  const written = reference?.trim();
  if (!written || written.length > LONGEST) return undefined;
  const url = URL.parse(written, base);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username || url.password) return undefined;
  const link = /^https?:\/\/[^\s\p{C}"<>\\]+$/iu.test(written) ? written : url.href;
  return link.length > LONGEST ? undefined : link;
};

/** Services that send on, by host and path, and the parameter that says where to: Google's alerts, Bing's news. */
const SENDERS_ON: readonly (readonly [place: RegExp, parameter: string])[] = [
  [/^(www\.)?google\.[a-z.]{2,6}\/url$/, 'url'],
  [/^(www\.)?bing\.com\/news\/apiclick\.aspx$/, 'url'],
];

/** The address that a link of a service that only sends on leads to; any other link as it is. */
export const sentOn = (link: string): string => {
  const url = URL.parse(link);
  const [, parameter] = SENDERS_ON.find(([place]) => url && place.test(`${url.hostname}${url.pathname}`)) ?? [];
  return webLink((parameter && url?.searchParams.get(parameter)) || undefined, undefined) ?? link;
};

/** A link of a feed made absolute: as written where it may be, else of any scheme, so that its entry can still be told from others. */
export const feedLink = (reference: string, base: string | undefined): string | undefined =>
  webLink(reference, base) ?? resolveLink(reference, base);

const TRACKING =
  /^(utm_.*|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|ocid|cmpid|ncid|smid|at_(medium|campaign|custom\d)|xtor|ref_?src|cmp)$/i;

/**
 * What makes two addresses the same story: scheme, `www.`, fragment, tracking parameters and a last slash do not.
 * Not an address to dial. Anything that is no URL stands for itself.
 */
export const sameStoryKey = (link: string): string => {
  const url = URL.parse(link);
  if (!url) return link;
  const query = [...url.searchParams]
    .filter(([name]) => !TRACKING.test(name))
    .map(([name, value]) => `${name}=${value}`);
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.host.replace(/^www\./, '')}${path}${query.length ? `?${query.sort().join('&')}` : ''}`;
};
