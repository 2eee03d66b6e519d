import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openBrowser } from '../../infra/pictures/browser.ts';
import { mailPages, markAsOutlook, openMail } from './mail-pages.ts';

// Redraws docs/pictures/mail-*.png, to be looked at: node test/browser/write-mail-pictures.ts
const OUT = new URL('../../docs/pictures/', import.meta.url);

const LIGHT = { colorScheme: 'light', forcedColors: 'none', pictures: true, outlook: false } as const;
const DARK = { ...LIGHT, colorScheme: 'dark' } as const;

const PICTURES = [
  { ...LIGHT, name: 'mail-light-700', of: 'full', width: 700 },
  { ...LIGHT, name: 'mail-light-375', of: 'full', width: 375 },
  { ...DARK, name: 'mail-dark-375', of: 'full', width: 375 },
  { ...LIGHT, name: 'mail-outlook-dark-700', of: 'full', width: 700, outlook: true },
  { ...LIGHT, name: 'mail-blocked-375', of: 'full', width: 375, pictures: false },
  { ...LIGHT, name: 'mail-rtl-700', of: 'rtl', width: 700 },
  { ...DARK, name: 'mail-rtl-dark-375', of: 'rtl', width: 375 },
  { ...DARK, name: 'mail-forced-375', of: 'full', width: 375, forcedColors: 'active' },
  { ...LIGHT, name: 'mail-brief-375', of: 'brief', width: 375 },
  { ...LIGHT, name: 'mail-letter-375', of: 'letter-en', width: 375 },
] as const;

await mkdir(OUT, { recursive: true });
const pages = await mailPages();
const browser = await openBrowser();
for (const { name, of, width, outlook, ...options } of PICTURES) {
  const page = await openMail(browser, pages[of] ?? '', { ...options, viewport: { width, height: 600 } });
  if (outlook) await markAsOutlook(page);
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, OUT)), fullPage: true });
  await page.context().close();
}
await browser.close();
