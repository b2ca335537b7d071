import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { count, fixed, plural } from '../../app/format.ts';

/** Training steps in a pass over the training split; null for runs that do not learn in passes. */
export function stepsPerEpoch(config: RunConfig): number | null {
  if (!('epochs' in config.algorithm)) return null;
  return Math.max(1, Math.round(config.outer.iterations / config.algorithm.epochs));
}

/** Where in its training a run is: "epoch 3", "epoch 2.4", "the start"; "iteration 1,200" for other runs. */
export function placeInTraining(config: RunConfig, iteration: number): string {
  const steps = stepsPerEpoch(config);
  if (steps === null) return `iteration ${count(iteration)}`;
  if (iteration === 0) return 'the start';
  return `epoch ${epochNumber(iteration, steps)}`;
}

/** "epoch 3 weights": the place first, so that a narrow panel still shows it. */
export const weightsAt = (config: RunConfig, iteration: number): string =>
  iteration === 0 ? 'weights of the start' : `${placeInTraining(config, iteration)} weights`;

/** Epochs behind a step: whole ones without decimals. */
export const epochNumber = (step: number, steps: number): string =>
  step % steps === 0 ? count(step / steps) : fixed(step / steps, 1);

/** What an example is called, in the singular. */
export const exampleWord = ({ task }: RunConfig): string => exampleWords[task.kind.split('-')[0]!] ?? 'example';

const exampleWords: Readonly<Record<string, string>> = { text: 'text', image: 'image', table: 'row', audio: 'clip' };

/** "Epoch (500 steps of 32 texts each)" */
export function epochAxisTitle(config: RunConfig): string {
  const steps = stepsPerEpoch(config) ?? 1;
  const what = exampleWord(config);
  return `Epoch (${plural(steps, 'step')} of ${plural(config.outer.metaBatch, what)}${steps === 1 ? '' : ' each'})`;
}
