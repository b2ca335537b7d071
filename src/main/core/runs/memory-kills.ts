import { readFileSync } from 'node:fs';

/**
 * How many processes the kernel has killed for lack of memory since the machine started; null where it does not say.
 * When the count has grown while a trainer died of SIGKILL, memory was the reason.
 */
export function memoryKills(platform: NodeJS.Platform = process.platform): number | null {
  if (platform !== 'linux') return null;
  const counts = ['/proc/vmstat', '/sys/fs/cgroup/memory.events'].map(countIn).filter((count) => count !== null);
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}

function countIn(file: string): number | null {
  try {
    const match = /^oom_kill (\d+)$/m.exec(readFileSync(file, 'utf8'));
    return match ? Number(match[1]) : null;
  } catch {
    return null; // the kernel or the container does not show this file
  }
}
