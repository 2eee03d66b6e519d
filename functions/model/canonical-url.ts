/** Parameters that name a campaign or a reader's way to the page, never the page. */
const TRACKING =
  /^(utm_.*|at_.*|ns_.*|mc_.*|hsa_.*|pk_.*|mtm_.*|wt_.*|fbclid|gclid|dclid|msclkid|yclid|igshid|cmpid?|ocid|smid|smtyp|ref|ref_src|referrer|ftag|sref|rss|xtor|traffic_source|__twitter_impression|guccounter|spm|amp)$/i;

const INDEX = /\/(index|default)\.(html?|php|aspx?)$/i;

const keptParameters = (url: URL): string => {
  const kept = [...url.searchParams]
    .filter(([name]) => !TRACKING.test(name))
    .map(([name, value]) => `${name}=${value}`);
  return kept.length > 0 ? `?${kept.sort().join('&')}` : '';
};

/**
 * What two addresses of one page have in common: no scheme, `www.`, `m.` or `amp.`, port, fragment, tracking parameter, index file or
 * trailing slash; parameters sorted. Only for comparing, never for opening. An address that cannot be read stands for itself.
 */
export const canonicalUrl = (address: string): string => {
  const url = URL.parse(address.trim());
  if (!url) {
    return address.trim();
  }
  const host = url.hostname.replace(/^(www\d?|m|mobile|amp)\./, '');
  const path = url.pathname
    .replace(INDEX, '/')
    .replace(/\/amp\/?$/, '/')
    .replace(/\/+$/, '');
  return `${host}${path}${keptParameters(url)}`;
};
