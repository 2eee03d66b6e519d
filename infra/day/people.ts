import * as z from 'zod';
import { dueInstants, periodAt } from '../../functions/digest/due.ts';
import type { CohortKey } from '../../functions/model/cohort.ts';
import type { Period } from '../../functions/model/delivery.ts';
import { keyword } from '../../functions/model/keyword.ts';
import { cadence, chromeLanguage, format, type Mute, mute } from '../../functions/model/subscriber.ts';
import type { Instant } from '../../functions/model/time.ts';
import { topic } from '../../functions/model/topic.ts';
import { readAddress } from '../../functions/subscribers/address.ts';
import { canonicalZone } from '../../functions/subscribers/zone.ts';
import { valueAt } from '../fault.ts';

const address = z.string().check((context) => {
  const read = readAddress(context.value, { allowReserved: true });
  if (!read.ok) context.issues.push({ code: 'custom', input: context.value, message: `no mail address (${read.why})` });
});

const zone = z.string().transform((name, context) => {
  const canonical = canonicalZone(name);
  if (canonical === undefined) context.addIssue(`unknown time zone '${name}'`);
  return canonical ?? z.NEVER;
});

/** How the sign-up form writes what a reader never wants to see. */
const muteField = (of: Mute): string => {
  switch (of.kind) {
    case 'words':
      return of.words;
    case 'source':
      return `source:${of.source}`;
    case 'topic':
      return `topic:${of.topic}`;
    default:
      return of satisfies never;
  }
};

/** Other programs write `null` for what a person left out. */
const withoutNulls = (one: unknown): unknown =>
  typeof one === 'object' && one !== null && !Array.isArray(one)
    ? Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null))
    : one;

const chosen = z.object({
  email: address,
  cadence,
  /** ISO, 1 is Monday; used by weekly readers. */
  weekday: z.number().int().min(1).max(7).default(1),
  hour: z.number().int().min(0).max(23),
  zone,
  topics: z.array(topic).default([]),
  /** Ids of the catalogue, addresses of feeds, or `*` for every house source. */
  sources: z.array(z.string().min(1)).max(51).default([]),
  keywords: z.array(keyword).max(10).default([]),
  mutes: z
    .array(z.union([z.string().min(2), mute.transform(muteField)]))
    .max(50)
    .default([]),
  reads: z
    .array(z.string().regex(/^[a-z]{2,3}$/, 'a language code such as en'))
    .min(1)
    .max(5)
    .default(['en']),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'a country code such as DE')
    .optional(),
  language: chromeLanguage.default('en'),
  format: format.default('full'),
  maxStories: z.number().int().min(5).max(40).default(15),
});

const person = z.preprocess(withoutNulls, chosen);

/** A reader of the day command (contract 3). */
export type Person = z.infer<typeof chosen>;

const sameAddress = (people: readonly Person[]): [first: number, second: number] | undefined => {
  const seen = new Map<string, number>();
  for (const [index, { email }] of people.entries()) {
    const read = readAddress(email, { allowReserved: true });
    const key = read.ok ? read.key : email;
    const first = seen.get(key);
    if (first !== undefined) return [first, index];
    seen.set(key, index);
  }
  return undefined;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('is not JSON');
  }
};

/** Where the first fault is, what stands there, what is wanted, and whose it is. */
const faultOf = (file: unknown, { issues: [issue] }: z.ZodError): string => {
  const [index, ...rest] = issue?.path ?? [];
  const message = issue?.message ?? 'is wrong';
  if (index === undefined) return message;
  const place = `[${String(index)}]${rest.map((key) => `.${String(key)}`).join('')}`;
  const value = valueAt(file, [index, ...rest]) ?? undefined;
  const given = rest.length === 0 || typeof value === 'object' ? '' : ` is ${JSON.stringify(value) ?? 'missing'}`;
  const email = valueAt(file, [index, 'email']);
  return `${place}${given}: ${message}${typeof email === 'string' ? ` (${email})` : ''}`;
};

/**
 * Reads the people file.
 * @throws an Error of one line that names the first thing wrong, by its place in the file and the person's address
 */
export const readPeople = (text: string): Person[] => {
  const file = parseJson(text.replace(/^\uFEFF/, ''));
  const read = z.array(person).min(1, 'names nobody').safeParse(file);
  if (!read.success) throw new Error(faultOf(file, read.error));
  const same = sameAddress(read.data);
  if (same)
    throw new Error(
      `[${same[1]}].email is ${JSON.stringify(read.data[same[1]]?.email)}: the same address as [${same[0]}]`,
    );
  return read.data;
};

/** The cohort a person will be in. */
export const cohortOfPerson = ({ cadence: every, weekday, hour, zone: where }: Person): CohortKey =>
  every === 'weekly' ? { cadence: every, weekday, hour, zone: where } : { cadence: every, hour, zone: where };

/** A digest that somebody must get, skip with a reason, or fail with one. */
export interface Due {
  person: Person;
  period: Period;
  dueAt: Instant;
}

/** Every digest due in [from, to), worked out from the people and tz data alone. */
export const dueOf = (people: readonly Person[], from: Instant, to: Instant): Due[] =>
  people.flatMap((one) => {
    const cohort = cohortOfPerson(one);
    return dueInstants(cohort, from, to).map((dueAt) => ({ person: one, period: periodAt(cohort, dueAt), dueAt }));
  });
