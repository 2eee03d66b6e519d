import { getDomain, getDomainWithoutSuffix } from 'tldts';

/** Titles are mostly names up to here; longer ones hold a slogan. */
const USUAL = 32;

/** What parts a feed's title: name and section, name and slogan. */
const PARTS = /\s+[|>»·•]\s+|\s+[-–—]{1,2}\s+|\s*::\s*|\s*:\s+/;

/** Words that say what a feed holds and never whose it is. */
const GENERIC = new Set(
  'all and archive archives article articles blog breaking business channel comments content culture entertainment feed feeds from front general headlines health home homepage in international latest main national new news of on opinion page policy political politics posts recent rss science sport sports stories tech technology the this top topics updates us video videos website world'.split(
    ' ',
  ),
);

/** What programs put after a name. */
const TAIL =
  /[\s:,-]+(?:rss(?: (?:feed|channel))?|feed|feeds|archives?|all content|latest articles(?: feed)?|topics)$/i;

const squash = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const isGeneric = (text: string): boolean =>
  text.split(/[^\p{L}\p{N}']+/u).every((word) => word === '' || GENERIC.has(word.toLowerCase()));

const ARTICLES = /^(?:the|der|die|das|le|la|les|el|los|il)$/i;

/** The words of a title that spell a domain, with its ending or else without, and an article before them: `Fox News` of foxnews.com. */
const spelling = (title: string, domain: string, label: string): string | undefined => {
  const words = title.split(/[\s|>»:,]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  for (const wanted of [squash(domain), squash(label)]) {
    for (let from = 0; from < words.length; from++) {
      const to = [1, 2, 3, 4, 5].find((many) => squash(words.slice(from, from + many).join('')) === wanted);
      if (to === undefined) continue;
      const first = ARTICLES.test(words[from - 1] ?? '') ? from - 1 : from;
      return words
        .slice(first, from + to)
        .join(' ')
        .replace(/[.,;!]+$/, '');
    }
  }
  return undefined;
};

/** A short title is a name as it stands, unless all in it but the spelled domain is general: `Latest from Harbour Post`. */
const shortName = (title: string, domain: string, label: string): string => {
  const spelled = spelling(title, domain, label);
  return spelled !== undefined && isGeneric(title.replace(spelled, ' ')) ? spelled : title;
};

const initials = (text: string): string => squash(text.replace(/(\p{L})[\p{L}\p{N}]*/gu, '$1'));

/** A short part that shares its letters with the domain: `NYT` with nytimes, `Google News` with google, or its initials. */
const akin = (part: string, label: string): boolean => {
  const [a, b] = [squash(part), squash(label)];
  if (a.length < 2 || b.length < 2 || part.split(' ').length > 4) return false;
  return a.includes(b) || (a.length > 2 && b.includes(a)) || initials(part) === b;
};

const firstName = (names: readonly string[]): string | undefined =>
  names[0] !== undefined && names[0].length <= 2 * USUAL ? names[0] : undefined;

/**
 * The name of whoever publishes a feed, as readers know it, from the title that the feed gives itself: without section, slogan and
 * what programs add; the domain where the title names nobody (`Latest news`); `r/…` for a part of Reddit.
 * @param url an address of the feed or of its home page
 */
export const sourceName = (title: string, url: string): string => {
  const plain = title.replace(/\s+/g, ' ').trim();
  const domain = getDomain(url) ?? URL.parse(url)?.hostname ?? '';
  const label = getDomainWithoutSuffix(url) ?? domain;
  const forum = domain === 'reddit.com' ? /\/(r\/\w+)/.exec(url)?.[1] : undefined;
  if (forum) return forum;
  const parts = plain.split(PARTS).filter((part) => part !== '' && !isGeneric(part));
  const short = plain.length <= USUAL && parts[0] === plain;
  const named = short
    ? shortName(plain, domain, label)
    : (parts.find((part) => akin(part, label)) ?? spelling(plain, domain, label) ?? firstName(parts));
  // a number says even less than a title that names nobody
  const bare = (named ?? (getDomain(url) ? domain : plain)).replace(TAIL, '').replace(/^www\.(?=\S+$)|[\s:]+$/g, '');
  return (bare || plain || domain).slice(0, 200);
};
