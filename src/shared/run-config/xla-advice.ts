import type { RunConfig } from './schema.ts';

/**
 * Whether a run's trainer starts with XLA. `auto`: it pays on small dense networks and slows convolutions down on the
 * CPU (measured; see docs/decisions). It must be known before TensorFlow loads, hence from the config alone.
 */
export function adviseXla(config: Pick<RunConfig, 'engine' | 'model'>): 'on' | 'off' {
  if (config.engine.xla !== 'auto') return config.engine.xla;
  return config.model.kind === 'mlp' ? 'on' : 'off';
}
