import type { SQSClient } from '@aws-sdk/client-sqs';
import { createLog } from '../../functions/log.ts';
import type { Log } from '../../functions/ports.ts';
import type { LocalFunctions } from './functions.ts';
import type { LocalFunction } from './invoke.ts';
import { running } from './running.ts';

/** What went onto one queue: messages, their bytes, and requests of up to ten messages. */
export interface QueueUse {
  requests: number;
  messages: number;
  bytes: number;
}

/** What one function did. */
export interface FunctionUse {
  invocations: number;
  /** Messages in its batches; for ticks and pages 0. */
  messages: number;
  /** Wall time, emulators on the same machine included. */
  ms: number;
}

/** What a run consumed that no table unit tells. */
export interface Used {
  queues: Record<string, QueueUse>;
  functions: Record<string, FunctionUse>;
  log: { lines: number; bytes: number };
}

export interface Consumption {
  /** Sees what the product's own client sends. */
  watchQueues(sqs: SQSClient): void;
  /** Messages that another service put on a queue, one request each. */
  queued(url: string, bodies: readonly string[]): void;
  watchFunctions(functions: LocalFunctions): LocalFunctions;
  watch(fn: LocalFunction): LocalFunction;
  /** A log that counts what it would write. */
  log(inner?: Log): Log;
  used(): Used;
}

/** The fields of a send that count. */
interface Sent {
  QueueUrl?: string | undefined;
  MessageBody?: string | undefined;
  Entries?: { MessageBody?: string | undefined }[] | undefined;
}

const sentOf = (input: object): Sent => ({ ...input });

const bodiesOf = ({ MessageBody, Entries = [] }: Sent): string[] => [
  ...(MessageBody === undefined ? [] : [MessageBody]),
  ...Entries.map((entry) => entry.MessageBody ?? ''),
];

const nameOf = (url: string): string => url.split('/').at(-1) ?? url;

const messagesIn = (event: unknown): number =>
  typeof event === 'object' && event !== null && 'Records' in event && Array.isArray(event.Records)
    ? event.Records.length
    : 0;

/** A log that writes to two. */
const alsoTo = (first: Log, second: Log | undefined): Log => {
  const at =
    (level: keyof Log): Log['info'] =>
    (event, fields) => {
      first[level](event, fields);
      second?.[level](event, fields);
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
};

/** Starts counting at nothing. */
export const createConsumption = (): Consumption => {
  const queues: Record<string, QueueUse> = {};
  const functions: Record<string, FunctionUse> = {};
  const lines = { lines: 0, bytes: 0 };

  const queued = (url: string, bodies: readonly string[]): void => {
    const name = nameOf(url);
    queues[name] ??= { requests: 0, messages: 0, bytes: 0 };
    const use = queues[name];
    use.requests += 1;
    use.messages += bodies.length;
    use.bytes += bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0);
  };
  const watched = (fn: LocalFunction): LocalFunction => ({
    ...fn,
    async handler(event, context) {
      functions[fn.name] ??= { invocations: 0, messages: 0, ms: 0 };
      const use = functions[fn.name] as FunctionUse;
      const begun = performance.now();
      try {
        return await running.run(fn.name, () => fn.handler(event, context));
      } finally {
        use.invocations += 1;
        use.messages += messagesIn(event);
        use.ms += performance.now() - begun;
      }
    },
  });
  const write = (line: string): void => {
    lines.lines += 1;
    lines.bytes += Buffer.byteLength(line) + 1;
  };

  return {
    watchQueues(sqs) {
      sqs.middlewareStack.add(
        (next, { commandName = '' }) =>
          (args) => {
            const sent = sentOf(args.input);
            if (commandName.startsWith('SendMessage')) queued(sent.QueueUrl ?? '', bodiesOf(sent));
            return next(args);
          },
        { step: 'initialize', name: 'broadsheetConsumption', override: true },
      );
    },
    queued,
    watch: watched,
    watchFunctions: ({ fetch, edit, plan, web, mappings }) => ({
      fetch: watched(fetch),
      edit: watched(edit),
      plan: watched(plan),
      web: watched(web),
      mappings: mappings.map((mapping) => ({ ...mapping, fn: watched(mapping.fn) })),
    }),
    log: (inner) => alsoTo(createLog(write), inner),
    used: () => structuredClone({ queues, functions, log: lines }),
  };
};
