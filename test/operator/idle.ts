import type { Control } from '../../functions/ports.ts';

/** What a test of other commands has no use for: queues without dead letters, and an SES without a list. */
export const idlePorts = ({ control }: { control: Control }) => ({
  deadLetters: { list: async () => [], redrive: async () => 0 },
  openMarks: async () => control,
  sesList: { remove: async () => false },
});
