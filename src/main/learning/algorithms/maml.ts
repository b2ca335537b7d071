import * as tf from '@tensorflow/tfjs-core';
import { valueAndGradients } from '../autodiff/value-and-gradients.ts';
import type { Algorithm } from './algorithm.ts';
import {
  gradientAdaptationCurve,
  innerLoop,
  listOfMeasure,
  measureOfList,
  measureQuery,
  spreadOverTasks,
} from './inner-loop.ts';

/**
 * Model-Agnostic Meta-Learning: Finn, Abbeel, Levine 2017, arXiv 1703.03400, algorithm 2.
 * The meta-gradient goes through the inner steps, second derivatives included.
 */
export const maml: Algorithm = {
  label: 'MAML',
  citation: 'Finn, Abbeel, Levine 2017, arXiv 1703.03400',
  order: 'second',
  metaParameters: ({ model }) => model.parameters,
  metaGradient: (problem, meta, tasks) => {
    const { gradients, measured } = valueAndGradients((theta) => {
      const start = spreadOverTasks(theta, tasks.taskAxis);
      const adapted = innerLoop(problem, start, tasks.support); // lines 5-7: theta_i' = theta - alpha grad L_i(theta)
      const measure = measureQuery(problem, adapted, tasks); // line 8: L_i(theta_i') on the query set
      return { value: tf.mean(measure.losses), measured: listOfMeasure(measure) };
    }, meta); // line 10: grad_theta of the mean over tasks
    return { gradients, ...measureOfList(measured) };
  },
  adaptationCurve: gradientAdaptationCurve,
};
