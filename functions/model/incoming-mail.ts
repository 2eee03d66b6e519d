import * as z from 'zod';

/** A mail that somebody sent us, as far as we look at it. All of it is a stranger's, but for the headers that SES puts on top. */
export const incomingMail = z.object({
  /** Headers from the top, names in lower case, unfolded, as they came. */
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Addresses in From, however often it stands there; a mail that we answer has one. */
  from: z.array(z.string()),
  /** Addresses in To and Cc. */
  to: z.array(z.string()),
  subject: z.string(),
  /** Its text, or what its HTML says. */
  text: z.string(),
});

export type IncomingMail = z.infer<typeof incomingMail>;

/** S3 says that a mail has come; or, once when the bucket is made, that it can say so. */
export const arrival = z.union([
  z.object({
    Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string().min(1).max(1024) }) }) })),
  }),
  z.object({ Event: z.literal('s3:TestEvent') }).transform(() => ({ Records: [] })),
]);

/** The keys of the mails that came; S3 writes them as forms do (`+` is a blank). */
export const keysOf = ({ Records }: z.infer<typeof arrival>): string[] =>
  Records.map(({ s3 }) => decodeURIComponent(s3.object.key.replaceAll('+', ' ')));
