import { isIP } from 'node:net';
import * as z from 'zod';
import type { Brand } from './model/digest.ts';

const list = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter(Boolean));

/** An address, or a network in CIDR: a mask that is left empty would be that of all addresses. */
const isNetwork = (text: string): boolean => {
  const [host = '', bits, ...rest] = text.split('/');
  const family = isIP(host);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
};

const networks = list.check(({ value, issues }) => {
  const wrong = value.filter((each) => !isNetwork(each));
  const message = `${wrong.join(', ')}: an address or a network such as 192.0.2.0/24 or 2001:db8::/48`;
  if (wrong.length > 0) issues.push({ code: 'custom', input: value, message });
});

const key = z.string().min(32, 'at least 32 characters of base64url');

const keys = z
  .string()
  .refine(
    (text) => text.split(',').every((each) => each.trim().length >= 32),
    'at least 32 characters of base64url each, with commas between several, the current first',
  );

const name = z.string().min(1);

const endpoint = z.url({ protocol: /^https?$/ }).optional();

/**
 * Where the two secrets are: the key that signs links (docs/link-key.md has how it is rotated), and the pepper of suppression marks (never
 * rotated, or everybody is unsuppressed). Functions that need neither, like fetch-sources, get none; the census is told where the pepper is, which it may not
 * read, for the operator, who may.
 */
const secrets = z.discriminatedUnion('SECRETS', [
  z.object({ SECRETS: z.literal('none'), PEPPER_PARAMETER: name.optional() }),
  z.object({ SECRETS: z.literal('environment'), LINK_KEY: keys, PEPPER: key }),
  z.object({ SECRETS: z.literal('ssm'), LINK_KEY_PARAMETER: name, PEPPER_PARAMETER: name }),
]);

/** The whole environment of every function; each gets all names and only the permissions it needs. */
const environment = z
  .object({
    STAGE: name.default('dev'),
    LOG_LEVEL: z.enum(['info', 'warn', 'error']).default('info'),
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/$/, '')),
    BRAND_NAME: name.max(60),
    BRAND_FROM: z.string().regex(/^[^\s@<>"]+@[^\s@<>"]+$/, 'an address such as news@example.com'),
    BRAND_POSTAL_ADDRESS: z.string().min(10, 'a postal address: mail laws ask for one in every mail'),
    BRAND_CONTACT: name,
    /** The accent of mails and pages in both schemes; the stack checked its contrast. */
    BRAND_ACCENT: z
      .string()
      .regex(/^#[0-9a-f]{6} #[0-9a-f]{6}$/i, 'two colours such as #9c2b18 #f2a28c')
      .transform((text) => ({ light: text.slice(0, 7), dark: text.slice(8) }))
      .optional(),
    /** The logo of mails: its address, width and height. */
    BRAND_LOGO: z
      .string()
      .regex(/^https:\S+ \d+ \d+$/, 'an https address, width and height')
      .transform((text) => {
        const [url = '', width, height] = text.split(' ');
        return { url, width: Number(width), height: Number(height) };
      })
      .optional(),
    CONFIGURATION_SET: name,
    TABLE_NEWS: name,
    TABLE_SUBSCRIBERS: name,
    TABLE_DELIVERIES: name,
    TABLE_COHORTS: name,
    TABLE_CONTROL: name,
    QUEUE_FETCH: z.url(),
    QUEUE_DIGESTS: z.url(),
    QUEUE_LETTERS: z.url(),
    QUEUE_SETTLE: z.url(),
    /** The planner's mark outside the tables, so that restored tables mail nothing again. Absent in local mode. */
    MARK_PARAMETER: name.optional(),
    /** Where readers may write to, if the operator takes mail: a domain of its own, and the bucket that SES puts it in. */
    INBOUND_DOMAIN: name.optional(),
    BUCKET_MAIL: name.optional(),
    ENDPOINT_DYNAMODB: endpoint,
    ENDPOINT_SQS: endpoint,
    ENDPOINT_SES: endpoint,
    ENDPOINT_S3: endpoint,
    /** `host:port` of feeds that may be fetched though they are not public: local mode's own. */
    FETCH_ALLOW: list,
    /** Networks (CIDR or address) that abuse limits and form time spare. */
    SPARED_NETWORKS: networks,
    /** Whether confirming sends a first digest at once. */
    WELCOME: z.enum(['yes', 'no']).default('yes'),
  })
  .and(secrets);

export type Environment = z.infer<typeof environment>;

/**
 * Reads the configuration from an environment.
 * @throws one Error that names every fault at once, so that one deploy mends them all
 */
export const readConfig = (env: Record<string, string | undefined>): Environment => {
  const read = environment.safeParse(env);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => ({ name: path.join('.') || 'environment', message }));
  const unset = faults.filter(({ name }) => env[name] === undefined).map(({ name }) => name);
  const wrong = faults.filter(({ name }) => env[name] !== undefined).map(({ name, message }) => `${name}: ${message}`);
  const lines = unset.length > 0 ? [...wrong, `not set: ${unset.join(', ')}`] : wrong;
  throw new Error(`configuration: ${lines.join('; ')}`);
};

/** The operator's name, sender and colours, as configured. */
export const brandOf = (config: Environment): Brand => ({
  name: config.BRAND_NAME,
  from: config.BRAND_FROM,
  postalAddress: config.BRAND_POSTAL_ADDRESS,
  contact: config.BRAND_CONTACT,
  inbound: config.INBOUND_DOMAIN,
  accent: config.BRAND_ACCENT,
  logo: config.BRAND_LOGO,
});

/** The environment of this process: the only place that reads it. */
export const processConfig = (): Environment => readConfig(process.env);
