import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from '../../infra/pictures/browser.ts';
import { nextMail } from '../../infra/pictures/walk.ts';
import { sampleSession } from '../local/sample-session.ts';
import { axeFaults } from './axe.ts';

/** On a machine without a browser there is nothing to choose a file with; CI has one, or fails. */
const here = findChromium() !== undefined || process.env.CI === 'true';

const OPML = `<?xml version="1.0" encoding="UTF-16"?>
<opml version="1.0"><body><outline text="News">
<outline text="One" type="rss" xmlUrl="https://one.example/feed"/>
<outline text="Two > one" type="rss" xmlUrl="https://two.example/feed?a=1&amp;b=2"/>
</outline></body></opml>`;

const press = async (page: Page, name: string): Promise<void> => {
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name, exact: true }).click();
  await loaded;
};

describe.runIf(here)('a file of another reader in Chromium', () => {
  const session = sampleSession(Date.UTC(2026, 10, 23, 9));
  let dir: string;
  const fileOf = (name: string): string => join(dir, name);

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'broadsheet-opml-'));
    writeFileSync(fileOf('mine.opml'), `\ufeff${OPML}`, 'utf16le');
    writeFileSync(fileOf('more.xml'), OPML.replace('two.example', 'three.example'));
    writeFileSync(fileOf('photo.jpg'), Buffer.alloc(2_000_000, 255));
  });

  afterAll(() => rmSync(dir, { recursive: true }));

  it('is chosen on a phone at sign-up and on the page of choices, without JavaScript; a wrong file and a wrong address lose nothing', async () => {
    const browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 375, height: 800 }, javaScriptEnabled: false });
    const typed = page.locator('textarea[name=sources]');

    await page.goto(`${session.origin}/`);
    await page.getByText('Sources', { exact: true }).click();
    await page.getByLabel('Your email address').fill('ann@example');
    await page.getByLabel('Or choose the OPML file').setInputFiles(fileOf('photo.jpg'));
    await press(page, 'Sign up');
    const faults = await page.locator('.errors li').allTextContents();
    expect(faults).toEqual([expect.stringContaining('@'), expect.stringContaining('too large: photo.jpg')]);
    const listener = await browser.newPage({ viewport: { width: 375, height: 800 }, reducedMotion: 'reduce' });
    await listener.setContent(await page.content());
    for (const colorScheme of ['light', 'dark'] as const) {
      await listener.emulateMedia({ colorScheme });
      expect(await axeFaults(listener)).toEqual([]);
    }

    await page.getByLabel('Or choose the OPML file').setInputFiles(fileOf('mine.opml'));
    await press(page, 'Sign up');
    expect(await typed.inputValue()).toBe('https://one.example/feed\nhttps://two.example/feed?a=1&b=2');
    expect(await page.locator('#f-opml-hint').textContent()).toContain('mine.opml');
    expect(await page.locator('html').evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(375);

    await page.getByLabel('Your email address').fill('ann@example.com');
    await press(page, 'Sign up');
    expect(await page.locator('h1').textContent()).toBe('Check your email');

    const letter = await nextMail(page, session.origin, 'letter', []);
    await page.goto(`${session.origin}/inbox/${letter.id}.html`);
    await page.goto((await page.locator('a[href*="/c/"]').first().getAttribute('href')) ?? '');
    await press(page, 'Start my digest');
    const digest = await nextMail(page, session.origin, 'digest', []);
    await page.goto(`${session.origin}/inbox/${digest.id}.html`);
    await page.goto((await page.locator('a[href*="/m/"]').last().getAttribute('href')) ?? '');
    expect(await page.textContent('body')).toContain('Sources of your own: 2.');

    await page.getByText('Sources', { exact: true }).click();
    await page.getByLabel('Or choose the OPML file').setInputFiles(fileOf('more.xml'));
    await press(page, 'Save my choices');
    expect(await page.locator('.note').textContent()).toContain('Saved. Changed: Sources');
    expect(await page.textContent('body')).toContain('Sources of your own: 3.');
    await browser.close();
  }, 600_000);
});
