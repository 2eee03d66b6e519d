import type { FunctionName } from '../../infra/access.ts';

export { aSource } from '../builders.ts';

/** The functions of the stack: a handler of each. */
export const eight: readonly FunctionName[] = [
  'fetch-sources',
  'edit-shelves',
  'plan-digests',
  'send-digests',
  'send-letters',
  'web',
  'handle-feedback',
  'take-census',
];
