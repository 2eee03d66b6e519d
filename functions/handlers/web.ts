import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { createApp } from '../subscribers/app.ts';
import { type WebPorts, wireWeb } from '../wiring.ts';
import { onFirstCall } from './on-first-call.ts';

type WebAnswer = Awaited<ReturnType<ReturnType<typeof handle>>>;

/** request -> sign-up, confirm, preferences, unsubscribe. */
export const webHandler = (ports: WebPorts): ((event: LambdaEvent) => Promise<WebAnswer>) => {
  const answer = handle(createApp(ports));
  return (event) => answer(event);
};

export const handler = onFirstCall(async () => webHandler(await wireWeb()));
