import type { RunConfig } from './schema.ts';

/**
 * Whether the step of a run is compiled with XLA. `auto`: it pays on small dense networks and slows convolutions down
 * on the CPU (measured). A matter of the config alone, so that a run repeats to the bit.
 */
export function adviseXla(config: Pick<RunConfig, 'engine' | 'model'>): 'on' | 'off' {
  if (config.engine.xla !== 'auto') return config.engine.xla;
  return config.model.kind === 'mlp' ? 'on' : 'off';
}
