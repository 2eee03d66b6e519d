import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeFolder } from '../folder.ts';
import { startSession } from '../local/session.ts';
import { openBrowser } from '../pictures/browser.ts';
import { walk } from '../pictures/walk.ts';
import { runCommand } from './command-line.ts';

const HELP = `npm run pictures -- [--out docs/pictures] [--full]

Walks through local mode on the sample news in Chromium, at 375 and 1200 pixels, light and dark, and keeps a picture of
every page and mail: the first screen, or with --full the whole length.`;

const VIEWS = [
  { name: '1200', width: 1200, scheme: 'light' },
  { name: '1200-dark', width: 1200, scheme: 'dark' },
  { name: '375', width: 375, scheme: 'light' },
  { name: '375-dark', width: 375, scheme: 'dark' },
] as const;

interface Wishes {
  out: string;
  full: boolean;
}

const readWishes = (argv: string[]): Wishes | 'help' => {
  const flag = { type: 'boolean', default: false } as const;
  const options = { out: { type: 'string', default: 'docs/pictures' }, full: flag, help: flag } as const;
  const { values } = parseArgs({ args: argv, options });
  return values.help ? 'help' : { out: values.out, full: values.full };
};

const draw = async ({ out, full }: Wishes): Promise<boolean> => {
  makeFolder(out);
  const browser = await openBrowser();
  for (const { name, width, scheme } of VIEWS) {
    const dir = mkdtempSync(join(tmpdir(), 'broadsheet-pictures-'));
    const session = await startSession(
      { dir, port: undefined, samples: true, reset: false, news: undefined, at: Date.UTC(2026, 10, 23, 9) },
      (error) => console.error(error),
    );
    await session.begun;
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      reducedMotion: 'reduce',
      colorScheme: scheme,
    });
    await walk(page, session.origin, 'ann@example.com', async (stop) => {
      await page.screenshot({ path: join(out, `${stop}-${name}.png`), fullPage: full });
      console.log(`${stop} ${name}`);
    });
    await page.close();
    await session.stop();
    rmSync(dir, { recursive: true, force: true });
  }
  await browser.close();
  return true;
};

/** Redraws the pictures of the README and of a review by eye. */
export const main = (argv: string[]): Promise<never> =>
  runCommand({ name: 'pictures', help: HELP, read: () => readWishes(argv), run: draw });
