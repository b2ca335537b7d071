import { z } from 'zod';
import { stableJson } from './grouping.ts';
import { isMeta, type RunConfig, runConfigSchema } from './schema.ts';

/** Ways of computing that `engine.* = auto` leaves open, and what a measurement found fastest among them. */
const { xla, taskBatching, stepsPerCall } = runConfigSchema.shape.engine.shape;
export const engineChoiceSchema = z.object({ xla, taskBatching, stepsPerCall });
export type EngineChoice = z.infer<typeof engineChoiceSchema>;

/** More iterations in one call no longer pay on the smallest networks. */
const callLengths = [1, 8, 32] as const;

/**
 * The choices worth measuring for a config, none of which contradicts what the config says itself; empty where nothing
 * is open. Networks with a task axis can be batched, and only batched steps are small enough for several in a call.
 */
export function engineCandidates(config: RunConfig): readonly EngineChoice[] {
  const { engine, model } = config;
  if (engine.mode === 'eager' || !isMeta(config)) return [];
  const batched: EngineChoice[] = (['off', 'on'] as const).flatMap((compiler) =>
    callLengths.map((steps) => ({ xla: compiler, taskBatching: 'batched', stepsPerCall: steps }) as const),
  );
  const looped: EngineChoice = { xla: 'off', taskBatching: 'looped', stepsPerCall: 1 };
  const all = model.kind === 'mlp' ? [...batched, looped] : [looped, { ...looped, xla: 'on' as const }];
  const fits = (choice: EngineChoice) =>
    (engine.xla === 'auto' || engine.xla === choice.xla) &&
    (engine.taskBatching === 'auto' || engine.taskBatching === choice.taskBatching) &&
    (engine.stepsPerCall === 0 || engine.stepsPerCall === choice.stepsPerCall);
  const open = all.filter(fits);
  return open.length > 1 ? open : [];
}

/** The config with what it leaves open filled in from a choice; what it says itself stays. */
export function withEngineChoice(config: RunConfig, choice: EngineChoice | null): RunConfig {
  const { engine } = config;
  if (choice === null || engine.mode === 'eager') return config;
  return {
    ...config,
    engine: {
      ...engine,
      xla: engine.xla === 'auto' ? choice.xla : engine.xla,
      taskBatching: engine.taskBatching === 'auto' ? choice.taskBatching : engine.taskBatching,
      stepsPerCall: engine.stepsPerCall === 0 ? choice.stepsPerCall : engine.stepsPerCall,
    },
  };
}

/**
 * Equal for configs that compute steps of the same shapes: model, algorithm, sizes of the tasks. Rates, seeds, data and
 * evaluation do not matter; the engine's own fields do, since they say what is left open.
 */
export function engineKeyOf({ task, model, algorithm, inner, outer, engine, device }: RunConfig): string {
  const { dataset: _, ...sizes } = 'dataset' in task ? task : { ...task, dataset: '' };
  return stableJson({
    ...{ task: sizes, model, algorithm, engine, device },
    inner: { steps: inner.steps, optimizer: inner.optimizer },
    outer: { optimizer: outer.optimizer, metaBatch: outer.metaBatch },
  });
}
