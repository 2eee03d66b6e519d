import * as z from 'zod';

/** Selecting or rendering for one reader failed: it would fail again, and must cost that reader only. */
export class BrokenDigest extends Error {
  constructor(cause: unknown) {
    super(`digest broken: ${cause instanceof Error ? cause.name : typeof cause}`, { cause });
    this.name = 'BrokenDigest';
  }
}

/** Runs something pure for one reader; what it throws is that reader's fault and no outage. */
export const pure = <Result>(make: () => Result): Result => {
  try {
    return make();
  } catch (error) {
    throw new BrokenDigest(error);
  }
};

/** Whether an error would come back however often one tried: broken data, not a broken road. */
export const isPoison = (error: unknown): boolean => error instanceof BrokenDigest || error instanceof z.ZodError;

/** Whether an error says that a stored row is there and cannot be read: no store is down, and trying again would not help. */
export const isBrokenRow = (error: unknown): boolean => error instanceof Error && error.name === 'BrokenRow';

/** What a log may say of an error: its name, and where it arose. Messages can hold titles and addresses. */
export const errorName = (error: unknown): string => {
  const named = error instanceof Error ? error : new Error(typeof error);
  const inner = named.cause instanceof Error ? named.cause : named;
  const place = /functions\/[\w/.-]+:\d+/.exec(inner.stack ?? '')?.[0];
  return place ? `${inner.name} at ${place}` : inner.name;
};
