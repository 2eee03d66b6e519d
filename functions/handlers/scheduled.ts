import * as z from 'zod';

/** What our schedules send: the tick they are for. */
const scheduledEvent = z.object({ time: z.iso.datetime() });

/** The instant a scheduled event is for; undefined if the event is something else. */
export const scheduledAt = (event: unknown): number | undefined => {
  const read = scheduledEvent.safeParse(event);
  return read.success ? Date.parse(read.data.time) : undefined;
};
