import * as z from 'zod';

/** What hono's Lambda adapter puts in a request's environment, as far as it is of use here. */
const lambdaEnvironment = z.object({
  event: z.object({ requestContext: z.object({ http: z.object({ sourceIp: z.string() }) }) }),
});

/** The asker's network address from an HTTP API event; empty if there is none, so that all such askers share one limit. */
export const sourceIpOf = (environment: unknown): string => {
  const read = lambdaEnvironment.safeParse(environment);
  return read.success ? read.data.event.requestContext.http.sourceIp : '';
};
