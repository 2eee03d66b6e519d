import { describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from '../../infra/pictures/browser.ts';
import { aSite } from '../subscribers/site.ts';

/** On a machine without a browser there is nothing to look with; CI has one, or fails. */
const here = findChromium() !== undefined || process.env.CI === 'true';

describe.runIf(here)('a refused form in Chromium', () => {
  // style.ts: [aria-invalid=true] alone loses to input[type=email]
  it('marks the fields that are wrong, of every kind', async () => {
    const site = await aSite();
    const form = { email: 'ada@example', keywords: 'a', mutes: 'x'.repeat(70), zone: 'Nowhere', hour: '99' };
    const { text } = await site.post('/', form);
    const browser = await openBrowser();
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.setContent(text);
    const borders: [name: string, width: string][] = await page.evaluate(
      '[...document.querySelectorAll("[aria-invalid=true]")].map((each) => [each.name, getComputedStyle(each).borderTopWidth])',
    );
    await browser.close();
    expect(Object.fromEntries(borders)).toMatchObject({ email: '2px', keywords: '2px', mutes: '2px' });
    expect(borders.filter(([, width]) => width !== '2px')).toEqual([]);
  });
});
