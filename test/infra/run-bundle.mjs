// Starts one bundled function as Lambda would: an own process, its environment, one event. argv: bundle, event as JSON.
// Prints the answer as the last line. The handler's own lines before it are its log.
const [bundle, event] = process.argv.slice(2);
const { handler } = await import(bundle);
const context = {
  getRemainingTimeInMillis: () => 60_000,
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:test',
  awsRequestId: '1',
};
const answer = await handler(JSON.parse(event), context);
process.stdout.write(`\n${JSON.stringify({ answer: answer ?? null })}\n`);
process.exit(0);
