/**
 * A Lambda entry that wires its ports on the first call, not on import: a test that imports a handler builds no client,
 * and a fault of configuration is reported by the call that meets it.
 */
export const onFirstCall = <Event, Context, Answer>(
  build: () => Promise<(event: Event, context: Context) => Promise<Answer>>,
): ((event: Event, context: Context) => Promise<Answer>) => {
  let built: Promise<(event: Event, context: Context) => Promise<Answer>> | undefined;
  return async (event, context) => {
    built ??= build().catch((error: unknown) => {
      built = undefined;
      throw error;
    });
    return (await built)(event, context);
  };
};

/** What handlers use of the Lambda context. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
  invokedFunctionArn: string;
}
