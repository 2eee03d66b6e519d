import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/** The largest form without a file: every topic, fifty long addresses, all keywords. */
export const FORM_LIMIT = 16 * 1024;

/**
 * What Lambda can be handed at all: six MiB of JSON, in which a body takes four thirds of its length. A file that is far too large, a photo
 * mostly, is read up to here, as the fields around it are in the same body, and are kept.
 */
const UPLOAD_LIMIT = 4.5 * 1024 * 1024;

/** The forms with choices, which have a field for a file. */
const TAKES_FILE = /^\/(?:example|m\/[^/]+(?:\/example)?)?$/;

export const isMultipart = (c: Context): boolean =>
  /^multipart\/form-data\s*(;|$)/i.test(c.req.header('content-type')?.trim() ?? '');

/** Refuses bodies that are larger than any form of theirs, before anything is read from them. */
export const bodySize = (refuse: (c: Context) => Response | Promise<Response>): MiddlewareHandler => {
  const form = bodyLimit({ maxSize: FORM_LIMIT, onError: refuse });
  const upload = bodyLimit({ maxSize: UPLOAD_LIMIT, onError: refuse });
  return (c, next) => (TAKES_FILE.test(c.req.path) && isMultipart(c) ? upload : form)(c, next);
};
