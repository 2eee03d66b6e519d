import type { Locator, Page } from 'playwright-core';

/** Called at each stop of the walk; `mail` stops show a mail alone, as a mail program would. */
export type Look = (stop: string) => Promise<void>;

interface Listed {
  id: string;
  kind: 'letter' | 'digest';
  date: string;
  subject: string;
}

/** A busy machine lives through a day of news in its own time. */
const PATIENCE_MS = 300_000;

/** The newest mail of a kind that is not one of those seen before. @throws after five minutes without */
export const nextMail = async (
  page: Page,
  origin: string,
  kind: Listed['kind'],
  seen: readonly string[],
): Promise<Listed> => {
  for (let waited = 0; waited < PATIENCE_MS; waited += 200) {
    const listed: Listed[] = await (await page.request.get(`${origin}/inbox.json`)).json();
    const mail = listed.find((one) => one.kind === kind && !seen.includes(one.id));
    if (mail) return mail;
    await page.waitForTimeout(200);
  }
  throw new Error(`no ${kind} came within five minutes`);
};

/** Presses a button and waits for the page that it leads to. */
const press = async (page: Page, button: Locator): Promise<void> => {
  const loaded = page.waitForEvent('load');
  await button.click();
  await loaded;
};

const signUp = async (page: Page, origin: string, address: string, look: Look): Promise<void> => {
  await page.goto(`${origin}/`);
  await look('sign-up');
  await page.goto(`${origin}/example`);
  await look('example');
  await page.goto(`${origin}/`);
  await page.getByLabel('Your email address').fill(address);
  for (const topic of ['world', 'politics', 'business', 'technology', 'science', 'sport'])
    await page.check(`input[name=topics][value=${topic}]`);
  await press(page, page.locator('form[action="/"] button').first());
  await look('check-your-mail');
};

const confirm = async (page: Page, origin: string, look: Look): Promise<void> => {
  const letter = await nextMail(page, origin, 'letter', []);
  await page.goto(`${origin}/inbox/${letter.id}.html`);
  await look('mail-confirm');
  await page.goto((await page.locator('a[href*="/c/"]').first().getAttribute('href')) ?? '');
  await look('confirm');
  await press(page, page.locator('main form button').first());
  await look('confirmed');
};

/**
 * What a new reader does: signs up, confirms from the mail, reads the first digest, lets tomorrow 07:00 come, reads the next,
 * changes choices, leaves.
 * @returns the subjects of the two digests
 */
export const walk = async (page: Page, origin: string, address: string, look: Look): Promise<[string, string]> => {
  page.setDefaultTimeout(PATIENCE_MS);
  await signUp(page, origin, address, look);
  await confirm(page, origin, look);
  const welcome = await nextMail(page, origin, 'digest', []);
  await page.goto(`${origin}/inbox`);
  await look('inbox');
  await page.goto(`${origin}/inbox/${welcome.id}.html`);
  await look('mail-welcome');
  await page.goto(`${origin}/operator`);
  await look('operator');
  await press(page, page.getByRole('button', { name: /tomorrow 07:00/ }));
  const digest = await nextMail(page, origin, 'digest', [welcome.id]);
  await page.goto(`${origin}/inbox/${digest.id}.html`);
  await look('mail-digest');
  const manage = (await page.locator('a[href*="/m/"]').last().getAttribute('href')) ?? '';
  const leave = (await page.locator('a[href*="/u/"]').last().getAttribute('href')) ?? '';
  await page.goto((await page.locator('a[href*="/w/"]').first().getAttribute('href')) ?? '');
  await look('web-version');
  await page.goto(manage);
  await look('preferences');
  await page.goto(leave);
  await look('unsubscribe');
  await press(page, page.locator('main form button').first());
  await look('left');
  return [welcome.subject, digest.subject];
};
