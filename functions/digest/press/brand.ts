import type { Brand } from '../../model/digest.ts';
import { pictureUrl } from './escape.ts';

/** The house's own accent: it stands in the compiled templates, and a brand's replaces it. */
export const ACCENT = { light: '#9c2b18', dark: '#f2a28c' } as const;

/** What accents stand on: page and pick panel, in both schemes. */
const GROUNDS = { light: ['#ffffff', '#f7f3ea'], dark: ['#1d1c1a', '#282521'] } as const;

/** WCAG 2.2, 1.4.3: text smaller than 24 px. */
const ENOUGH = 4.5;

const HEX = /^#[0-9a-f]{6}$/i;

const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** WCAG's contrast ratio of two `#rrggbb` colours, 1 to 21. */
export const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

const accentFaults = (scheme: 'light' | 'dark', colour: string): string[] => {
  if (!HEX.test(colour)) return [`brand.accent.${scheme}: a colour as #rrggbb is expected, not ${colour}`];
  const worst = Math.min(...GROUNDS[scheme].map((ground) => contrast(colour, ground)));
  if (worst >= ENOUGH) return [];
  return [
    `brand.accent.${scheme}: ${colour} has a contrast of ${worst.toFixed(2)} to its ground, text needs ${ENOUGH}: take a ${scheme === 'light' ? 'darker' : 'lighter'} one`,
  ];
};

/** What is wrong with a brand, one plain sentence each; nothing if mails can be made with it. For the build and the start. */
export const brandFaults = (brand: Brand): string[] => {
  const faults: string[] = [];
  if (brand.name.trim() === '') faults.push('brand.name: empty');
  if (!/^[\x21-\x7e]+@[a-z0-9.-]+$/i.test(brand.from))
    faults.push(
      'brand.from: an address like digest@example.org is expected, in ASCII (a domain with other letters as xn--)',
    );
  if (brand.postalAddress.trim() === '')
    faults.push('brand.postalAddress: empty, and the law asks for it in every mail');
  if (brand.accent)
    faults.push(...accentFaults('light', brand.accent.light), ...accentFaults('dark', brand.accent.dark));
  if (brand.logo && pictureUrl(brand.logo.url) === undefined)
    faults.push('brand.logo.url: an https address is expected');
  return faults;
};
