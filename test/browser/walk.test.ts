import { describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from '../../infra/pictures/browser.ts';
import { walk } from '../../infra/pictures/walk.ts';
import { sampleSession } from '../local/sample-session.ts';
import { axeFaults } from './axe.ts';

/** On a machine without a browser there is nothing to walk with; CI has one, or fails. */
const here = findChromium() !== undefined || process.env.CI === 'true';

describe.runIf(here)('a stranger in Chromium', () => {
  const session = sampleSession(Date.UTC(2026, 10, 23, 9));

  it('signs up, confirms, reads two digests, finds the preferences and leaves, without JavaScript within the width of a phone and without a fault that axe knows', async () => {
    const browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 375, height: 800 }, javaScriptEnabled: false });
    const stops: string[] = [];
    const wide: string[] = [];
    const personal: string[] = [];
    const faults: string[] = [];
    // without motion: a background that is on its way from dark to light has the contrast of neither
    const reader = await browser.newPage({ viewport: { width: 375, height: 800 }, reducedMotion: 'reduce' });
    /** Pages, not mails, as a screen reader finds them in both schemes: read from a copy whose scripts may run. */
    const listen = async (stop: string): Promise<void> => {
      await reader.setContent(await page.content());
      for (const colorScheme of ['light', 'dark'] as const) {
        await reader.emulateMedia({ colorScheme });
        faults.push(...(await axeFaults(reader)).map((fault) => `${stop}, ${colorScheme}: ${fault}`));
      }
    };
    const [welcome, digest] = await walk(page, session.origin, 'ann@example.com', async (stop) => {
      stops.push(stop);
      if (!/mail|web-version|example|inbox|operator/.test(stop)) await listen(stop);
      if (stop === 'web-version') {
        expect(await page.locator('h1, h2, h3').count()).toBeGreaterThan(3);
        personal.push(...(await page.locator('a[href*="/m/"], a[href*="/u/"], a[href*="/p/"]').all()).map(String));
        expect(await page.content()).not.toContain('ann@example.com');
      }
      if ((await page.locator('html').evaluate((html) => html.scrollWidth)) > 375) wide.push(stop);
      const cut = page.locator('.wide').evaluateAll((all) => all.some((one) => one.scrollWidth > one.clientWidth));
      if (await cut) wide.push(`a table of ${stop}`);
    });
    await browser.close();
    expect(stops.at(-1)).toBe('left');
    expect(wide).toEqual([]);
    expect(faults).toEqual([]);
    expect(personal).toEqual([]);
    expect(digest).not.toBe(welcome);
  }, 900_000);
});
