import * as tf from '@tensorflow/tfjs-core';
import type { AlgorithmConfig } from '../../../shared/run-config/schema.ts';
import { stopGradient } from '../autodiff/stop-gradient.ts';
import { constant } from '../models/initializers.ts';
import type { ParameterSpec } from '../models/model.ts';
import type { Schedule } from '../schedule.ts';
import type { Algorithm } from './algorithm.ts';
import { gradientOfMeanLoss, type InnerRule, innerStep, measureQuery, spreadOverTasks } from './inner-loop.ts';
import type { Problem, QueryMeasure, Tasks } from './problem.ts';

export type MamlPlusPlusSettings = Extract<AlgorithmConfig, { readonly kind: 'maml-plus-plus' }>;

/** Smallest weight of a step's loss, as a share of the equal weight (the authors' code). */
const SMALLEST_STEP_WEIGHT = 0.03;

/**
 * MAML++: Antoniou, Edwards, Storkey 2019, arXiv 1810.09502, section 4, each remedy a switch: the query loss after every
 * inner step counts, less and less (MSL); a rate for each layer and step (LSLR); batch-norm scale and shift of each
 * step, which then do not adapt (BNWB); first-order gradients at the beginning (DA). Cosine annealing of the outer rate
 * (CA) is `outer.schedule`. Statistics of batch norm are those of the batch, so each step has its own anyway (BNRS).
 */
export function mamlPlusPlus(settings: MamlPlusPlusSettings): Algorithm {
  const { multiStepShare, firstOrderShare } = settings;
  return {
    citation: 'Antoniou, Edwards, Storkey 2019, arXiv 1810.09502',
    metaParameters: (problem) => [
      ...problem.model.parameters.map((spec) =>
        ofEachStep(settings, spec) ? { ...spec, shape: [problem.innerSteps, ...spec.shape] } : spec,
      ),
      ...rateSpecs(settings, problem),
    ],
    schedule: ({ innerSteps }) =>
      multiStepShare === 0 && firstOrderShare === 0 ? null : annealing(settings, innerSteps),
    metaGradient: (problem, meta, tasks, scheduled) =>
      gradientOfMeanLoss(meta, (theta) => {
        const order = scheduled === null || firstOrderShare === 0 ? null : tf.slice(scheduled, [0], [1]);
        const curve = adapt(settings, problem, theta, tasks, problem.innerSteps, order).slice(1);
        const last = curve.at(-1)!;
        if (scheduled === null || multiStepShare === 0) return last;
        const weighted = curve.map(({ losses }, step) => tf.mul(losses, tf.slice(scheduled, [1 + step], [1])));
        return { ...last, objective: tf.addN(weighted) }; // equation 2
      }),
    adaptationCurve: (problem, meta, tasks, steps) => adapt(settings, problem, meta, tasks, steps, null),
  };
}

/** Measures after 0, 1, ..., `steps` steps; steps beyond the trained ones use the last one's rates and norms. */
function adapt(
  settings: MamlPlusPlusSettings,
  problem: Problem,
  meta: readonly tf.Tensor[],
  tasks: Tasks,
  steps: number,
  order: tf.Tensor | null,
): readonly QueryMeasure[] {
  const { parameters } = problem.model;
  const rates = meta.slice(parameters.length);
  const atStep = (step: number): readonly tf.Tensor[] => {
    const row = Math.min(step, problem.innerSteps - 1);
    const own = parameters.map((spec, i) => (ofEachStep(settings, spec) ? rowOf(meta[i]!, row) : meta[i]!));
    return spreadOverTasks(own, tasks.taskAxis);
  };
  const rule = (step: number): InnerRule => ({
    moves: (spec) => !ofEachStep(settings, spec),
    optimizer: {
      slots: () => [],
      update: (weights, gradients) => ({
        parameters: weights.map((weight, i) => {
          const rate = rates[i] ? rowOf(rates[i], Math.min(step, problem.innerSteps - 1)) : problem.innerRate;
          return tf.sub(weight, tf.mul(order === null ? gradients[i]! : ofOrder(gradients[i]!, order), rate));
        }),
        slots: [],
      }),
    },
  });
  let weights = atStep(0);
  const curve = [measureQuery(problem, weights, tasks)];
  for (let step = 0; step < steps; step++) {
    const norms = atStep(step);
    const current = weights.map((weight, i) => (ofEachStep(settings, parameters[i]!) ? norms[i]! : weight));
    ({ weights } = innerStep(problem, { weights: current, slots: [] }, tasks.support, rule(step)));
    curve.push(measureQuery(problem, weights, tasks));
  }
  return curve;
}

const ofEachStep = ({ perStepNorm }: MamlPlusPlusSettings, { norm }: ParameterSpec): boolean =>
  perStepNorm === 'on' && norm !== undefined;

/** One rate for each tensor that moves and each step: [steps]. */
function rateSpecs(settings: MamlPlusPlusSettings, { model, innerRate, innerSteps }: Problem): ParameterSpec[] {
  if (settings.perStepRates === 'off') return [];
  return model.parameters
    .filter((spec) => !ofEachStep(settings, spec))
    .map(({ name, part }) => ({
      ...{ name: `rate/${name}`, shape: [innerSteps], part },
      initialize: constant(innerRate),
    }));
}

function rowOf(tensor: tf.Tensor, row: number): tf.Tensor {
  const rest = tensor.shape.slice(1);
  return tf.reshape(tf.slice(tensor, [row, ...rest.map(() => 0)], [1, ...rest]), rest);
}

/** The same values, whose derivative is multiplied by `order`: 0 makes the meta-gradient one of first order. */
function ofOrder(gradient: tf.Tensor, order: tf.Tensor): tf.Tensor {
  const fixed = stopGradient(gradient);
  return tf.add(fixed, tf.mul(tf.sub(gradient, fixed), order));
}

/** 1 or 0 for the order of the derivatives, then the weight of the query loss after each inner step. */
function annealing({ multiStepShare, firstOrderShare }: MamlPlusPlusSettings, steps: number): Schedule {
  return {
    length: 1 + steps,
    at: (done) => {
      const faded = multiStepShare === 0 ? 1 : done / multiStepShare; // from 0 to 1 while all steps count
      const early = faded >= 1 ? 0 : Math.max(1 - faded, SMALLEST_STEP_WEIGHT) / steps;
      const weights = Array.from({ length: steps }, (_, step) => (step < steps - 1 ? early : 1 - (steps - 1) * early));
      return [done < firstOrderShare ? 0 : 1, ...weights];
    },
  };
}
