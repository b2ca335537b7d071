import { completeRunConfig, isRecord } from '../../../shared/run-config/complete.ts';
import { valueAtPath } from '../../../shared/run-config/fields.ts';
import { stableJson } from '../../../shared/run-config/grouping.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import type { SweepAxis } from '../../../shared/sweeps/sweep.ts';
import { sweepText } from '../../../shared/sweeps/sweep-text.ts';

/** The whole config as a file holds it. */
export const configJson = (config: RunConfig): string => `${JSON.stringify(config, null, 2)}\n`;

/**
 * Only what the config does not get from the preset of its task and the paper of its algorithm: completing this gives the config back.
 * Kinds stay where a field below them does, since they decide which fields there are.
 */
export function shortConfig(config: Readonly<Record<string, unknown>> | RunConfig): Record<string, unknown> {
  const task = { kind: valueAtPath(config, 'task.kind') };
  const algorithm = { kind: valueAtPath(config, 'algorithm.kind') };
  const own = valueAtPath(completeRunConfig({ task }), 'algorithm.kind') === algorithm.kind ? {} : { algorithm };
  const base = completeRunConfig({ task, algorithm });
  return { task, ...own, ...(difference(config, base) as Record<string, unknown> | undefined) };
}

function difference(value: unknown, base: unknown): unknown {
  if (!isRecord(value) || !isRecord(base)) return stableJson(value) === stableJson(base) ? undefined : value;
  if (value.kind !== base.kind) return value;
  const changed = Object.entries(value).flatMap(([key, child]) => {
    const part = difference(child, base[key]);
    return part === undefined ? [] : [[key, part] as const];
  });
  if (changed.length === 0) return undefined;
  return { ...(value.kind === undefined ? {} : { kind: value.kind }), ...Object.fromEntries(changed) };
}

export interface CommandParts {
  /** The config of a run, or what swept fields are laid over. */
  readonly config: RunConfig | Readonly<Record<string, unknown>>;
  readonly seeds: readonly number[];
  readonly axes: readonly SweepAxis[];
  /** Of a sweep, whether what exists is launched again. */
  readonly existing: 'skip' | 'again';
}

/** What to paste into a terminal to launch the same runs: writes the config to run.json, then runs it. */
export function launchCommand(
  { config, seeds, axes, existing }: CommandParts,
  platform: 'linux' | 'darwin' | 'win32' | 'other',
): string {
  const { seed: own, ...rest } = config as { readonly seed?: number };
  const { seed, ...short } = shortConfig({ ...rest, seed: seeds[0] ?? own }) as { readonly seed?: number };
  const oneSeed = seeds.length === 1 && seed !== undefined ? { seed } : {}; // several are an argument
  const json = JSON.stringify({ ...short, ...oneSeed }, null, 2);
  const sweeps = axes.map(({ path, values }) => ` --sweep ${quoted(`${path}=${sweepText(path, values)}`, platform)}`);
  const run = [
    'innerloop run run.json',
    ...sweeps,
    seeds.length === 1 ? '' : ` --seeds ${seedsArgument(seeds)}`,
    axes.length > 0 && existing === 'again' ? ' --again' : '',
  ].join('');
  return platform === 'win32'
    ? `@'\n${json}\n'@ | Set-Content -Encoding utf8 run.json\n${run}\n`
    : `cat > run.json <<'END'\n${json}\nEND\n${run}\n`;
}

/** One word for the shell, whatever is in it. */
const quoted = (text: string, platform: string): string =>
  `'${text.replaceAll("'", platform === 'win32' ? "''" : "'\\''")}'`;

/** A count for 1, 2, ... N, else the list. */
const seedsArgument = (seeds: readonly number[]): string =>
  seeds.every((seed, index) => seed === index + 1) ? String(seeds.length) : seeds.join(',');
