import { readdirSync, readFileSync } from 'node:fs';

/** Looks at the system's processes through /proc: the window's fault tests run on Linux. */
export interface Seen {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Living processes of a data folder: all that the app starts inherit its environment or name the folder. */
export function leftFor(home: string): Seen[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      const environment = readFileSync(`/proc/${name}/environ`, 'utf8');
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      if (/^State:\s+Z/m.test(status)) return [];
      const own = command.includes(home) || environment.includes(`INNERLOOP_HOME=${home}`);
      return own ? [{ pid: Number(name), parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]), command }] : [];
    } catch {
      return []; // it ended while we looked
    }
  });
}

export const coreOf = (home: string): Seen | undefined =>
  leftFor(home).find(({ command }) => /innerloop-core|core\.cjs/.test(command));

export const trainersOf = (home: string): Seen[] => leftFor(home).filter(({ command }) => /trainer\.cjs/.test(command));
