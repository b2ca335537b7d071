import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { registerSecondOrderGradients } from '../autodiff/second-order-gradients.ts';
import { DataType } from '../compile/graph-def.ts';
import { record } from '../compile/recorder.ts';
import type { LearnerSource } from '../meta-learner.ts';
import type { NamedTensor } from '../named-tensor.ts';
import { constantsForAnyRows, RECORDED_ROWS } from './any-rows.ts';
import { exportedFunction } from './exported-function.ts';
import { type TfjsModel, tfjsModel } from './tfjs-model.ts';

export { type TfjsModel, WEIGHTS_FILE } from './tfjs-model.ts';

/**
 * What a run learned as a graph model that `loadGraphModel` of TensorFlow.js takes, for any number of examples;
 * `parameters` as a checkpoint has them. TensorFlow must be loaded, and computes nothing.
 * Throws a plain sentence when they do not fit, and NotExpressible for what TensorFlow.js cannot say.
 */
export function graphModelOf(
  config: RunConfig,
  source: LearnerSource,
  learned: readonly NamedTensor[],
  about: Readonly<Record<string, unknown>>,
): TfjsModel {
  registerSecondOrderGradients();
  const { step, parameters, inputs, outputs, metadata } = exportedFunction(config, source, learned);
  const state = parameters.map(({ shape }) => ({ shape, dtype: DataType.float32 }));
  const [recording, other] = RECORDED_ROWS.map((rows) =>
    record(
      (values, feeds) => ({ state: values, fetches: step(values, feeds) }),
      state,
      inputs.map(({ spec }) => spec(rows)),
    ),
  );
  return tfjsModel({
    ...{ recording: recording!, parameters, outputs },
    inputs: inputs.map(({ name }) => name),
    open: constantsForAnyRows(recording!, other!),
    metadata: { ...about, ...metadata },
  });
}
