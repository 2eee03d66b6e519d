import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, openBrowser } from '../../infra/pictures/browser.ts';
import { axeFaults } from './axe.ts';
import { mailPages, markAsOutlook, openMail } from './mail-pages.ts';

/** On a machine without a browser nothing can be looked at; CI has one, or fails. */
const here = findChromium() !== undefined || process.env.CI === 'true';

/** What a mail cannot have: its landmarks are the mail program's. */
const ACCEPTED = ['landmark-one-main', 'region'];

const pages = await mailPages();

describe.runIf(here)('mails in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  const checkWithAxe = async (page: Page): Promise<void> => {
    const faults = await axeFaults(page);
    expect(faults.filter((fault) => !ACCEPTED.includes(fault.split(' ')[0] ?? ''))).toEqual([]);
  };

  const groundOf = (page: Page): Promise<string[]> =>
    page.evaluate(`['.bg', '.bg > [role=article]', '.pg', '.pg > table'].map(
      (part) => getComputedStyle(document.querySelector(part)).backgroundColor,
    )`);

  test.each(Object.keys(pages))(
    '%s: axe finds no fault in either scheme or in Outlook’s dark mode, and nothing is wider than its window',
    async (name) => {
      const page = await openMail(browser, pages[name] ?? '', {
        pictures: true,
        viewport: { width: 700, height: 900 },
      });
      await checkWithAxe(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      await checkWithAxe(page);
      const dark = await groundOf(page);
      await page.emulateMedia({ colorScheme: 'light' });
      expect(await groundOf(page)).not.toEqual(dark);
      await markAsOutlook(page);
      await checkWithAxe(page);
      expect(await groundOf(page)).toEqual(dark);
      for (const width of [700, 375, 320]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
      const button = page.locator('.bt a').first();
      if ((await button.count()) > 0) expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      await page.context().close();
    },
  );
});
