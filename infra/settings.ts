import * as z from 'zod';
import { brandFaults } from '../functions/digest/press/brand.ts';
import { faultAt, valueAt } from './fault.ts';

/** Text that stands in the head and foot of mails: on one line. */
const line = (wanted: string) => z.string(wanted).regex(/^\P{Cc}*$/u, `${wanted}, on one line`);

const pixels = (most: number) => {
  const wanted = `a whole number of CSS pixels from 1 to ${most}`;
  return z.int(wanted).min(1, wanted).max(most, wanted);
};

const SENDER = 'an address such as news@example.com, verified in SES';
const POSTAL = 'a postal address of 10 letters at least, for mail laws ask for one in every mail';
const ACCENT = 'a colour as #rrggbb';
const ORIGIN = 'https:// and a domain of yours, such as https://news.example.com, without a path';

const brand = z.strictObject(
  {
    name: line('the name on top of pages and mails')
      .min(1, 'the name on top of pages and mails')
      .max(60, 'a name of 60 letters at most'),
    /** The address digests come from; its domain or itself must be verified in SES. */
    from: z.string(SENDER).regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/, SENDER),
    postalAddress: line(POSTAL).min(10, POSTAL),
    contact: line('whom readers can write to').min(3, 'whom readers can write to'),
    /** Colour of headings and marks in the light and in the dark scheme, `#rrggbb`; checked for contrast. */
    accent: z
      .strictObject({ light: z.string(ACCENT), dark: z.string(ACCENT) }, `light and dark, each ${ACCENT}`)
      .optional(),
    /** A picture in place of the name on top of mails, https, legible on white and on near-black; its size in CSS pixels. */
    logo: z
      .strictObject(
        { url: z.string('an https address'), width: pixels(528), height: pixels(200) },
        'url, width and height of a picture',
      )
      .optional(),
  },
  'name, from, postalAddress and contact at least',
);

/** Pages answer at the root of their domain: links in mails would lose a path. */
const isOrigin = (text: string): boolean =>
  URL.canParse(text) && /^https:\/\/[^/?#]+\/?$/.test(text) && new URL(text).username === '';

const DOMAIN = 'a domain for incoming mail alone, such as in.example.com';
const RULE_SET = "the name of a receipt rule set that there is, or 'create'";

/** Subscribing and leaving by mail. */
const inbound = z.strictObject(
  {
    /** Its MX record leads to SES; no mailboxes of yours are at it. */
    domain: z.string(DOMAIN).regex(/^(?=.{4,190}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, DOMAIN),
    /** A region has one active set: name it if yours has one, else it is made. Activating it is left to you. */
    ruleSet: z
      .string(RULE_SET)
      .regex(/^[A-Za-z0-9_-]{1,64}$/, RULE_SET)
      .default('create'),
  },
  'domain at least',
);

/** What an operator sets in `cdk.json` under context `broadsheet`. Everything else has a default. */
const settings = z.strictObject(
  {
    /** Names the stack; data survives a removed stack only in `prod`. */
    stage: z
      .string('a name such as prod')
      .regex(/^[a-z][a-z0-9-]{0,15}$/, 'lower-case letters, digits and -, at most 16, such as prod')
      .default('prod'),
    brand,
    /** The public address of the pages, if a domain of yours points at the HTTP API. Links in mails hold it for years. */
    publicUrl: z
      .string(ORIGIN)
      .refine(isOrigin, ORIGIN)
      .transform((url) => new URL(url).origin)
      .optional(),
    /** True while the account is in the SES sandbox: SES then also asks for permission on the recipient's identity. */
    sandbox: z.boolean('true or false, without quotes').default(true),
    /** Where alarms are mailed; without it they are seen in CloudWatch only. AWS asks this address to confirm. */
    alarmsTo: z.email('an address such as you@example.com').optional(),
    /** Off without it. */
    inbound: inbound.optional(),
    logDays: z.union([z.literal(7), z.literal(30), z.literal(90)], '7, 30 or 90').default(30),
  },
  'an object with brand at least',
);

export type Settings = z.infer<typeof settings>;

/** Names that there are, for those who mistyped one; by the path of what holds them. */
const NAMES = new Map([
  ['', Object.keys(settings.shape)],
  ['brand', Object.keys(brand.shape)],
  ['inbound', Object.keys(inbound.shape)],
]);

/** What is wrong at one place: what stands there, and what is wanted. */
const faultOf = (context: unknown, issue: z.core.$ZodIssue): string => {
  if (issue.code !== 'unrecognized_keys') return faultAt(context, issue);
  const keys = issue.keys.map((key) => [...issue.path, key].join('.')).join(', ');
  const names = NAMES.get(issue.path.join('.'));
  return `${keys}: no such setting${names ? `, there are ${names.join(', ')}` : ''}`;
};

/**
 * Reads the operator's settings.
 * @throws one Error of one line that names each fault by its path and says what is wanted
 */
export const readSettings = (context: unknown): Settings => {
  const read = settings.safeParse(context);
  const look = brand.safeParse(valueAt(context, ['brand']));
  const faults = [
    ...(read.error?.issues.map((issue) => faultOf(context, issue)) ?? []),
    ...(look.success ? brandFaults(look.data) : []),
  ];
  if (read.success && faults.length === 0) return read.data;
  throw new Error(`cdk.json, context.broadsheet: ${faults.join('; ')}`);
};
