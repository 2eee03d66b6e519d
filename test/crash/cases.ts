import type { Case } from './case.ts';
import { DIGEST_CASES } from './digest-cases.ts';
import { SUBSCRIBER_CASES } from './subscriber-cases.ts';

/** Every flow of the service in which a worker may die. */
export const CASES: readonly Case[] = [...DIGEST_CASES, ...SUBSCRIBER_CASES];
