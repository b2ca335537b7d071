import type { EvaluationOutcome, IterationMetrics, MetaLearner } from '../../src/main/learning/meta-learner.ts';
import { createRandom, type Random, randomFromState } from '../../src/shared/random/random.ts';
import type { RunConfig } from '../../src/shared/run-config/schema.ts';
import type { ExamplePredictions } from '../../src/shared/runs/example-predictions.ts';

export interface FakeLearnerHooks {
  readonly stepsPerCall?: number;
  /** Called before each call of trainCall with the iterations done; may throw. */
  readonly beforeCall?: (iteration: number) => void;
  /** What the evaluation of a split is to have said of single examples. */
  readonly predictions?: (split: string) => ExamplePredictions;
  /** Called before each episode. */
  readonly beforeEpisode?: (episode: number, split: string) => void;
}

/** Descends on a noisy bowl: real state, real randomness, no TensorFlow. */
export function createFakeLearner(config: RunConfig, hooks: FakeLearnerHooks = {}): MetaLearner {
  const initial = Float32Array.from([1, 2, 3, 4], (value) => value + createRandom(config.seed, 'weights').uniform());
  let weights = initial.slice();
  let momentum = new Float32Array(4);
  let random: Random = createRandom(config.seed, 'train-tasks');
  let iteration = 0;
  const stepsPerCall = hooks.stepsPerCall ?? 1;
  const named = (name: string, values: Float32Array) => ({ name, shape: [4], values: values.slice() });

  const step = (): IterationMetrics => {
    const noise = random.normal();
    let loss = 0;
    for (let i = 0; i < 4; i++) {
      const gradient = weights[i]! + 0.1 * noise;
      loss += gradient * gradient;
      momentum[i] = 0.9 * momentum[i]! + gradient;
      weights[i] = weights[i]! - 0.05 * momentum[i]!;
    }
    iteration += 1;
    return { iteration, loss, accuracy: null, gradientNorm: Math.sqrt(loss) };
  };
  const callLength = (): number => {
    const stops = [config.evaluation.every, config.checkpoints.every].filter((every) => every > 0);
    const next = stops.map((every) => (Math.floor(iteration / every) + 1) * every);
    return Math.min(stepsPerCall, config.outer.iterations - iteration, ...next.map((stop) => stop - iteration));
  };

  return {
    get iteration() {
      return iteration;
    },
    parameterCount: 4,
    prepareTraining: () => ({
      mode: 'eager',
      xla: 'off',
      reason: 'a fake for tests',
      taskBatching: 'batched',
      stepsPerCall,
      operations: 0,
      recordMs: 0,
      parameters: 4,
    }),
    trainCall: () => {
      hooks.beforeCall?.(iteration);
      return Array.from({ length: callLength() }, step);
    },
    evaluate: async ({ episodes, episodeSeed, steps, split, from }, { onProgress, shouldStop } = {}) => {
      const start = from ? from.find((tensor) => tensor.name === 'w')!.values : weights;
      const perEpisode = new Float64Array(episodes);
      const bowl = start.reduce((sum, value) => sum + value * value, 0);
      for (let episode = 0; episode < episodes; episode++) {
        hooks.beforeEpisode?.(episode, split);
        perEpisode[episode] = bowl + createRandom(episodeSeed, `${split}/${episode}`).uniform() / 100;
        await onProgress?.(episode + 1, episodes);
        if (shouldStop?.()) return null;
      }
      const mean = perEpisode.reduce((sum, value) => sum + value, 0) / episodes;
      const perStep = Array.from({ length: steps + 1 }, (_, at) => ({
        step: at,
        loss: mean + (steps - at),
        lossCi95: 0.1,
        accuracy: null,
        accuracyCi95: null,
      }));
      const outcome: EvaluationOutcome = { metric: 'loss', mean, ci95: 0.1, perStep, episodes, perEpisode };
      return hooks.predictions ? { ...outcome, predictions: hooks.predictions(split) } : outcome;
    },
    parameters: () => [named('w', weights)],
    initialParameters: () => [named('w', initial)],
    state: () => ({
      iteration,
      tensors: [named('parameter/w', weights), named('optimizer/momentum', momentum)],
      random: random.state(),
    }),
    restore: (state) => {
      iteration = state.iteration;
      weights = state.tensors.find((tensor) => tensor.name === 'parameter/w')!.values.slice();
      momentum = state.tensors.find((tensor) => tensor.name === 'optimizer/momentum')!.values.slice();
      random = randomFromState(state.random);
    },
    dispose: () => undefined,
  };
}
