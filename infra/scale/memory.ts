/** The most memory that this process held while watched. */
export interface MemoryWatch {
  stop(): { residentMiB: number; heapMiB: number };
}

const MIB = 1024 * 1024;

/** Looks four times a second. */
export const watchMemory = (): MemoryWatch => {
  let resident = 0;
  let heap = 0;
  const look = (): void => {
    const { rss, heapUsed, external } = process.memoryUsage();
    resident = Math.max(resident, rss);
    heap = Math.max(heap, heapUsed + external);
  };
  look();
  const timer = setInterval(look, 250);
  return {
    stop() {
      clearInterval(timer);
      look();
      return { residentMiB: Math.round(resident / MIB), heapMiB: Math.round(heap / MIB) };
    },
  };
};
