import * as z from 'zod';

/** A process's main thread since it started, in ms. */
export const threadTime = z.object({
  /** At work: its event loop did not wait. Where others use the machine too, the time until it gets a core is in it. */
  busyMs: z.number(),
  /** On a core. */
  cpuMs: z.number(),
});

export type ThreadTime = z.infer<typeof threadTime>;

/** Of this process. */
export const ownThreadTime = (): ThreadTime => {
  const { user, system } = process.threadCpuUsage();
  return { busyMs: performance.eventLoopUtilization().active, cpuMs: (user + system) / 1000 };
};
