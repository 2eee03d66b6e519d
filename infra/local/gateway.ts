import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import type { Instant } from '../../functions/model/time.ts';
import { invoke, type LocalFunction } from './invoke.ts';

/** A request with its whole body, as it came over the socket. */
export interface GatewayRequest {
  method: string;
  /** Path and query as sent. */
  target: string;
  headers: IncomingMessage['headers'];
  sourceIp: string;
  body: Uint8Array;
}

/** What goes back over the socket. */
export interface GatewayAnswer {
  status: number;
  headers: [name: string, value: string][];
  body: Uint8Array | string;
}

/** API Gateway hands over text bodies as text, all others (form posts among them) in base64. */
const TEXT = /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml)))/i;

const plainHeaders = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => name !== 'cookie' && value !== undefined)
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]),
  );

const queryOf = (rawQueryString: string): Record<string, string> => {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString))
    query[name] = name in query ? `${query[name]},${value}` : value;
  return query;
};

/** A request in API Gateway's HTTP API payload format 2.0 (developer guide, "Lambda proxy integrations for HTTP APIs"). */
export const eventOf = (request: GatewayRequest, now: Instant): APIGatewayProxyEventV2 => {
  const [path = '/', rawQueryString = ''] = request.target.split(/\?(.*)/s);
  const headers = plainHeaders(request.headers);
  const cookies = request.headers.cookie?.split(/;\s*/).filter(Boolean);
  const asText = TEXT.test(headers['content-type'] ?? '');
  const body = Buffer.from(request.body).toString(asText ? 'utf8' : 'base64');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: decodeURI(path),
    rawQueryString,
    headers,
    isBase64Encoded: body !== '' && !asText,
    ...(cookies ? { cookies } : {}),
    ...(rawQueryString ? { queryStringParameters: queryOf(rawQueryString) } : {}),
    ...(body ? { body } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? '',
      domainPrefix: 'local',
      http: {
        method: request.method,
        path: decodeURI(path),
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: new Date(now).toISOString(),
      timeEpoch: now,
    },
  };
};

const structured = z.object({
  statusCode: z.number().int(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});

const message = (status: number, text: string): GatewayAnswer => ({
  status,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify({ message: text }),
});

/** A function's answer as the gateway sends it: without a status code it is the JSON body of a 200. */
export const answerOf = (answer: unknown): GatewayAnswer => {
  const read = structured.safeParse(answer);
  if (!read.success)
    return { status: 200, headers: [['content-type', 'application/json']], body: JSON.stringify(answer ?? null) };
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = read.data;
  return {
    status: statusCode,
    headers: [
      ...Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      ...cookies.map((cookie): [string, string] => ['set-cookie', cookie]),
    ],
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
};

const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** What Lambda takes of one call, as JSON: the gateway refuses a request that becomes more, in its own words ("Lambda quotas"). */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;

/** Passes a request to the web function as API Gateway would, a failing function being a 500 that tells nothing. */
export const callWeb = async (
  fn: LocalFunction,
  request: GatewayRequest,
  now: Instant,
  onError: (error: unknown) => void = () => undefined,
): Promise<GatewayAnswer> => {
  if (request.body.length > MAX_BODY_BYTES) return message(413, 'Request Entity Too Large');
  let event: APIGatewayProxyEventV2;
  try {
    event = eventOf(request, now);
  } catch {
    return message(400, 'Bad Request');
  }
  if (Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES) return message(413, 'Request Entity Too Large');
  try {
    return answerOf(await invoke(fn, event));
  } catch (error) {
    onError(error);
    return message(500, 'Internal Server Error');
  }
};
