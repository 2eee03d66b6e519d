import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** What happens to a worker at one of its calls: it dies, or the call throws; the call has taken effect (`after`) or not. */
export const FAULTS = ['dies before', 'dies after', 'throws before', 'throws after'] as const;

export type Fault = (typeof FAULTS)[number];

/** A trap at the nth call of a name. `meanwhile` runs while the worker stands there. */
export interface Trap {
  step: string;
  fault: Fault;
  meanwhile: () => Promise<void>;
  kill: () => Promise<void>;
}

/** The way from one worker to the emulators: every call passes here, is named, and may find a trap. */
export interface Turnstile {
  dynamo: string;
  sqs: string;
  ses: string;
  /** The calls since the last `set`, by name and number. */
  passed: string[];
  set(trap: Trap | undefined): void;
  /** True once the trap was met. */
  sprung(): boolean;
  close(): void;
}

const nameOf = ({ headers }: IncomingMessage, body: string): string => {
  const target = String(headers['x-amz-target'] ?? '');
  const action = target.split('.')[1] ?? new URLSearchParams(body).get('Action') ?? '';
  if (target.startsWith('DynamoDB'))
    return `${Object.keys(JSON.parse(body).RequestItems ?? {})[0] ?? JSON.parse(body).TableName} ${action}`;
  if (target.startsWith('AmazonSQS')) return `${JSON.parse(body).QueueUrl.split('/').at(-1)} ${action}`;
  return `SES ${action}`;
};

/** Of the newsroom's tables everything is read and nothing written: no step of sending. SES is asked for its quota to open a connection. */
const isStep = (name: string): boolean => !name.startsWith('News ') && !name.endsWith('GetSendQuota');

const forward = (to: string, { method, url, headers }: IncomingMessage, body: Buffer) =>
  new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((done, fail) => {
    const passing = request(new URL(url ?? '/', to), { method, headers }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      done({ status: answer.statusCode ?? 500, headers: answer.headers, body: Buffer.concat(chunks) });
    });
    passing.on('error', fail);
    passing.end(body);
  });

/** An error that no SDK repeats; of SES none is certain, so there the connection breaks. */
const throwAt = (name: string, incoming: IncomingMessage, response: ServerResponse): void => {
  if (name.startsWith('SES')) {
    incoming.socket.destroy();
    return;
  }
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(
    JSON.stringify({ __type: 'com.amazonaws#AccessDeniedException', message: 'thrown by the crash matrix' }),
  );
};

export const openTurnstile = async (to: { dynamo: string; sqs: string; ses: string }): Promise<Turnstile> => {
  let trap: Trap | undefined;
  let sprung = false;
  const passed: string[] = [];
  const numbered = (name: string): string => {
    const step = `${name} ${passed.filter((each) => each.startsWith(`${name} `)).length + 1}`;
    passed.push(step);
    return step;
  };
  const springs = async (met: Trap, name: string, incoming: IncomingMessage, response: ServerResponse) => {
    sprung = true;
    await met.meanwhile();
    if (met.fault.startsWith('dies')) await met.kill();
    throwAt(name, incoming, response);
  };
  const open = async (target: string) => {
    const server = createServer(async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      const name = nameOf(incoming, body.toString('latin1'));
      const step = isStep(name) ? numbered(name) : '';
      const met = trap && !sprung && trap.step === step ? trap : undefined;
      if (met?.fault.endsWith('before')) return springs(met, name, incoming, response);
      const answer = await forward(target, incoming, body);
      if (met) return springs(met, name, incoming, response);
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    // a worker that was killed leaves its connections open
    server.on('clientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return { server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` };
  };
  const [dynamo, sqs, ses] = [await open(to.dynamo), await open(to.sqs), await open(to.ses)];
  return {
    dynamo: dynamo.url,
    sqs: sqs.url,
    ses: ses.url,
    passed,
    set(next) {
      trap = next;
      sprung = false;
      passed.length = 0;
    },
    sprung: () => sprung,
    close() {
      for (const { server } of [dynamo, sqs, ses]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
};
