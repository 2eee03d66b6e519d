import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { createPress, type FinishedMail } from '../../functions/digest/press/press.ts';
import { DAY } from '../../functions/model/time.ts';
import { PEOPLE } from '../digest/press/people.ts';
import { AT, BRAND, ENVELOPE } from '../digest/press/views.ts';

const press = createPress(BRAND);

const htmlOf = async ({ raw }: FinishedMail): Promise<string> => (await PostalMime.parse(raw)).html ?? '';

/** The HTML of one digest of every person who gets one, and of three letters. */
export const mailPages = async (): Promise<Record<string, string>> => {
  const pages: Record<string, string> = {};
  for (const [name, view] of Object.entries(PEOPLE))
    if (view.format !== 'text') pages[name] = await htmlOf(press.digest(view, ENVELOPE));
  for (const language of ['en', 'ar'] as const) {
    const link = 'https://broadsheet.example/c/k7f3v0q2m9x1c8b5n4h6j2w0t3r8y5d1';
    const letter = press.letter({ kind: 'confirm', language, link, hours: 48 }, { to: 'reader@example.org', date: AT });
    pages[`letter-${language}`] = await htmlOf(letter);
  }
  const stopped = press.letter(
    {
      kind: 'source-stopped',
      language: 'fr',
      link: 'https://broadsheet.example/m/k7f3v0q2m9x1c8b5n4h6j2w0t3r8y5d1',
      title: 'The Quiet Observer',
      sinceAt: AT - 8 * DAY,
      zone: 'Europe/Paris',
    },
    { to: 'reader@example.org', date: AT },
  );
  pages['letter-stopped'] = await htmlOf(stopped);
  return pages;
};

/** Pictures of made-up news are drawn, not fetched: hills, each in a colour of its own. */
const drawn = (hue: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675"><rect width="1200" height="675" fill="hsl(${hue},40%,62%)"/><circle cx="880" cy="220" r="110" fill="hsl(${hue},60%,82%)"/><path d="M0 675 420 300 720 520 960 380 1200 600V675Z" fill="hsl(${hue},40%,38%)"/></svg>`;

/** Does to an open mail what Outlook's own dark mode does: it marks every element whose ground or colour it repaints. */
export const markAsOutlook = async (page: Page): Promise<void> => {
  await page.evaluate(`for (const element of document.querySelectorAll('[style], [bgcolor]')) {
    const { color, backgroundColor } = element.style;
    if (color) element.setAttribute('data-ogsc', color);
    if (backgroundColor || element.hasAttribute('bgcolor')) element.setAttribute('data-ogsb', backgroundColor);
  }`);
};

/** Opens a mail in a browser as a mail program shows it: no script, nothing fetched, pictures drawn or blocked. */
export const openMail = async (
  browser: Browser,
  html: string,
  { pictures, ...options }: BrowserContextOptions & { pictures: boolean },
): Promise<Page> => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  let hue = 190;
  await page.route('**/*', (route) => {
    hue += 70;
    return pictures ? route.fulfill({ contentType: 'image/svg+xml', body: drawn(hue % 360) }) : route.abort();
  });
  await page.setContent(html, { waitUntil: 'load' });
  return page;
};
