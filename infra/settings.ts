import * as z from 'zod';
import { brandFaults } from '../functions/digest/press/brand.ts';

/** What an operator sets in `cdk.json` under context `broadsheet`. Everything else has a default. */
const settings = z.strictObject({
  /** Names the stack; data survives a removed stack only in `prod`. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,15}$/, 'lower-case letters, digits and -, such as prod')
    .default('prod'),
  brand: z.strictObject({
    name: z.string().min(1).max(60),
    /** The address digests come from; its domain or itself must be verified in SES. */
    from: z.string().regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/, 'an address such as news@example.com'),
    postalAddress: z.string().min(10, 'a postal address: mail laws ask for one in every mail'),
    contact: z.string().min(3),
    /** Colour of headings and marks in the light and in the dark scheme, `#rrggbb`; checked for contrast. */
    accent: z.strictObject({ light: z.string(), dark: z.string() }).optional(),
    /** A picture in place of the name on top of mails, https, legible on white and on near-black; its size in CSS pixels. */
    logo: z
      .strictObject({
        url: z.string(),
        width: z.number().int().min(1).max(528),
        height: z.number().int().min(1).max(200),
      })
      .optional(),
  }),
  /** The public address of the pages, if a domain of yours points at the HTTP API. Links in mails hold it for years. */
  publicUrl: z.url({ protocol: /^https$/ }).optional(),
  /** True while the account is in the SES sandbox: SES then also asks for permission on the recipient's identity. */
  sandbox: z.boolean().default(true),
  /** Where alarms are mailed; without it they are seen in CloudWatch only. AWS asks this address to confirm. */
  alarmsTo: z.email('an address such as you@example.com').optional(),
  logDays: z.union([z.literal(7), z.literal(30), z.literal(90)]).default(30),
});

export type Settings = z.infer<typeof settings>;

/**
 * Reads the operator's settings.
 * @throws one Error that names each fault by its path
 */
export const readSettings = (context: unknown): Settings => {
  const read = settings.safeParse(context);
  const faults = read.success
    ? brandFaults(read.data.brand)
    : read.error.issues.map(({ path, message }) => `${path.join('.') || '(itself)'}: ${message}`);
  if (read.success && faults.length === 0) return read.data;
  throw new Error(`cdk.json, context.broadsheet: ${faults.join('; ')}`);
};
