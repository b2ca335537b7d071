import type { Algorithm } from './algorithm.ts';
import { gradientAdaptationCurve, gradientOfMeanLoss, innerLoop, measureQuery, spreadOverTasks } from './inner-loop.ts';

/**
 * Model-Agnostic Meta-Learning: Finn, Abbeel, Levine 2017, arXiv 1703.03400, algorithm 2.
 * The meta-gradient goes through the inner steps, second derivatives included.
 */
export const maml: Algorithm = {
  citation: 'Finn, Abbeel, Levine 2017, arXiv 1703.03400',
  metaParameters: ({ model }) => model.parameters,
  metaGradient: (problem, meta, tasks) =>
    // line 10: grad_theta of the mean over tasks
    gradientOfMeanLoss(meta, (theta) => {
      const start = spreadOverTasks(theta, tasks.taskAxis);
      const adapted = innerLoop(problem, start, tasks.support); // lines 5-7: theta_i' = theta - alpha grad L_i(theta)
      return measureQuery(problem, adapted, tasks); // line 8: L_i(theta_i') on the query set
    }),
  adaptationCurve: (problem, meta, tasks, steps) => gradientAdaptationCurve(problem, meta, tasks, steps),
};
