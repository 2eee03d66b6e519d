import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { buildSync } from 'esbuild';
import { type Measure, median } from './measure.ts';

/** Starts of each bundle, in turn. */
const STARTS = 25;

/** What the sender makes of AWS, and nothing else. */
const CLIENTS = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESClient, SendRawEmailCommand, GetSendQuotaCommand } from '@aws-sdk/client-ses';
import { SQSClient, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { SSMClient, GetParametersCommand } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
export const all = [DynamoDBClient, SESClient, SendRawEmailCommand, GetSendQuotaCommand, SQSClient, SendMessageBatchCommand,
  SSMClient, GetParametersCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand];`;

/** As the stack bundles functions (infra/constructs/broadsheet-function.ts). */
const bundle = (
  outfile: string,
  source: { entryPoints: string[] } | { stdin: { contents: string; resolveDir: string } },
) =>
  buildSync({
    ...source,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    banner: {
      js: "import{createRequire as makeRequireOfBundle}from'node:module';const require=makeRequireOfBundle(import.meta.url);",
    },
  });

const startOf = (bundlePath: string): number => {
  const begun = performance.now();
  execFileSync(process.execPath, [bundlePath], { stdio: 'ignore' });
  return performance.now() - begun;
};

/** How long the sender's bundle takes to be loaded by a new process, against a bundle of its AWS clients alone. */
export const startMeasures = (): Measure[] => {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-start-'));
  try {
    const [sender, clients] = [join(folder, 'sender.mjs'), join(folder, 'clients.mjs')];
    bundle(sender, { entryPoints: ['functions/handlers/send-digests.ts'] });
    bundle(clients, { stdin: { contents: CLIENTS, resolveDir: process.cwd() } });
    const empty = join(folder, 'empty.mjs');
    writeFileSync(empty, '');
    const pairs = Array.from({ length: STARTS }, () => {
      const nothing = startOf(empty);
      return [startOf(sender), startOf(clients), nothing] as const;
    });
    const [ours, peer] = [median(pairs.map(([each]) => each)), median(pairs.map(([, each]) => each))];
    const loads = pairs.map(([mine, theirs, nothing]) => (mine - nothing) / (theirs - nothing));
    const sizes = [readFileSync(sender).length, readFileSync(clients).length] as const;
    return [
      {
        name: 'start of the sender, ms: times as long as its AWS clients alone',
        ours,
        peer,
        ratio: median(pairs.map(([mine, theirs]) => mine / theirs)),
      },
      { name: 'the same without the start of Node itself', ours, peer, ratio: median(loads) },
      {
        name: "bytes of the sender's bundle, against its AWS clients alone",
        ours: sizes[0],
        peer: sizes[1],
        ratio: sizes[0] / sizes[1],
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
