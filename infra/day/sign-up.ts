import type { SubscriberId } from '../../functions/model/subscriber.ts';
import { readAddress } from '../../functions/subscribers/address.ts';
import { openMail } from '../local/read-mail.ts';
import type { LocalStack } from '../local/stack.ts';
import type { Person } from './people.ts';
import { type Browser, openBrowser } from './post-form.ts';

/** A person as the sign-up form takes them (contract 1). */
const fieldsOf = (person: Person): Record<string, string[]> => ({
  email: [person.email],
  cadence: [person.cadence],
  weekday: [String(person.weekday)],
  hour: [String(person.hour)],
  zone: [person.zone],
  topics: person.topics,
  sources: person.sources,
  keywords: person.keywords,
  mutes: person.mutes,
  reads: person.reads,
  country: person.country === undefined ? [] : [person.country],
  language: [person.language],
  format: [person.format],
  stories: [String(person.maxStories)],
});

/** Several at a time, in no order; the first that fails ends it. */
const eachOf = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
};

/** The paths in confirmation letters, by the address they went to. */
const confirmLinks = async (stack: LocalStack): Promise<Map<string, string>> => {
  const { mails } = stack.ses;
  const links = new Map<string, string>();
  for (const { id, to, tags } of mails.all()) {
    if (!('letter' in tags)) continue;
    const text = (await openMail(mails, id))?.text ?? '';
    const path = /https?:\/\/[^/\s]+(\/c\/[^\s>)]+)/.exec(text)?.[1];
    if (path !== undefined) links.set(to[0] ?? '', path);
  }
  return links;
};

const signUp = async (browser: Browser, person: Person): Promise<void> => {
  const html = await browser.get('/');
  await browser.post({ target: '/', html }, fieldsOf(person));
};

const confirm = async (browser: Browser, target: string): Promise<void> => {
  await browser.post({ target, html: await browser.get(target) }, {});
};

const idOf = async (stack: LocalStack, { email }: Person): Promise<SubscriberId> => {
  const read = readAddress(email, { allowReserved: true });
  const id = read.ok ? await stack.ports.subscribers.idOfAddress(read.key) : undefined;
  const subscriber = id === undefined ? undefined : await stack.ports.subscribers.byId(id);
  if (subscriber?.status.kind !== 'active') throw new Error(`${email}: was not signed up`);
  return subscriber.id;
};

/**
 * Signs everybody up by the page's own form, and confirms by the link in the letter each of them got.
 * @returns each person's subscriber id
 * @throws an Error of one line that names who could not be signed up
 */
export const signUpAll = async (
  stack: LocalStack,
  people: readonly Person[],
  host: string,
): Promise<Map<Person, SubscriberId>> => {
  const browser = openBrowser(stack.functions.web, host, stack.clock.now);
  await eachOf(people, async (person) => {
    await signUp(browser, person).catch((cause: unknown) => {
      throw new Error(`${person.email}: could not sign up: ${cause instanceof Error ? cause.message : cause}`, {
        cause,
      });
    });
  });
  await stack.settle();
  const links = await confirmLinks(stack);
  await eachOf(people, async ({ email }) => {
    const link = links.get(email);
    if (link === undefined) throw new Error(`${email}: got no letter to confirm`);
    await confirm(browser, link);
  });
  await stack.settle();
  const ids = new Map<Person, SubscriberId>();
  for (const person of people) ids.set(person, await idOf(stack, person));
  return ids;
};
