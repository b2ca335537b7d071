/** What this process takes of the machine. */
export interface Usage {
  /** Resident memory, in 10^6 bytes. */
  readonly memoryMb: number;
  /** The largest that it was so far. */
  readonly peakMb: number;
  /** Processor time since the last call in percent of one core: 200 is two cores at work. */
  readonly cpuPercent: number;
}

/** Measures from call to call; the first call measures since now. */
export function createUsageMeter(clock: () => number): () => Usage {
  let before = process.cpuUsage();
  let measuredAt = clock();
  return () => {
    const spent = process.cpuUsage(before); // microseconds
    const elapsedMs = Math.max(1, clock() - measuredAt);
    before = process.cpuUsage();
    measuredAt = clock();
    return {
      memoryMb: process.memoryUsage.rss() / 1e6,
      peakMb: (process.resourceUsage().maxRSS * 1024) / 1e6, // told in kibibytes
      cpuPercent: (spent.user + spent.system) / 1000 / (elapsedMs / 100),
    };
  };
}
