import type { APIGatewayProxyEventV2, APIGatewayProxyResult } from 'aws-lambda';
import { handle, type LambdaContext } from 'hono/aws-lambda';
import { createApp } from '../subscribers/app.ts';
import { type WebPorts, wireWeb } from '../wiring.ts';
import { onFirstCall } from './on-first-call.ts';

/** request -> sign-up, confirm, preferences, unsubscribe. */
export const webHandler = (
  ports: WebPorts,
): ((event: APIGatewayProxyEventV2, context: LambdaContext) => Promise<APIGatewayProxyResult>) =>
  handle(createApp(ports));

export const handler = onFirstCall(async () => webHandler(await wireWeb()));
