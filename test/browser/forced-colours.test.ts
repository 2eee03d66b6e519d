import { describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from '../../infra/pictures/browser.ts';
import { aSite } from '../subscribers/site.ts';

/** On a machine without a browser there is nothing to look with; CI has one, or fails. */
const here = findChromium() !== undefined || process.env.CI === 'true';

/** Of each button of a page: what it says, and in which colours. */
const COLOURS =
  '[...document.querySelectorAll("main button,main .button")].map((each) => { const { color, backgroundColor } = getComputedStyle(each); return [each.className, color, backgroundColor]; })';

describe.runIf(here)('pages in forced colours', () => {
  it.each(['light', 'dark'] as const)('show the main button filled and the quiet ones as lines, %s', async (scheme) => {
    const site = await aSite();
    const eve = await site.given();
    const { text } = await site.get(site.pathOf(site.links.own(eve, site.clock.now())));
    const browser = await openBrowser();
    const page = await browser.newPage({ javaScriptEnabled: false, forcedColors: 'active', colorScheme: scheme });
    await page.setContent(text);
    const buttons: [kind: string, ink: string, ground: string][] = await page.evaluate(COLOURS);
    await browser.close();
    const [main, ...others] = buttons.toSorted(([a], [b]) => a.localeCompare(b));
    expect([main?.[0], new Set(others.map(([kind]) => kind))]).toEqual(['', new Set(['quiet', 'danger'])]);
    // ink and ground of the others, the other way round
    for (const [, ink, ground] of others) expect([ground, ink]).toEqual(main?.slice(1));
  });
});
