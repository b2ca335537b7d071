/** What TensorFlow is told to do with the step's functions, besides calling them. */

import type { Attributes } from './graph-def.ts';
import { MessageWriter } from './protobuf.ts';
import type { GraphCompiler } from './step.ts';

export interface FunctionTreatment {
  /** Attributes of the functions' definitions. */
  readonly definition: Attributes;
  /** Attributes of the nodes that call them. */
  readonly call: Attributes;
}

/** The treatment that measured best for a compiler and the device TensorFlow found. */
export function functionTreatment(compiler: GraphCompiler, device: 'cpu' | 'gpu'): FunctionTreatment {
  if (compiler === 'xla') {
    return COMPILED_BY_XLA;
  }
  return device === 'cpu' ? WITHOUT_GRAPPLER : { definition: {}, call: {} };
}

const yes = { kind: 'boolean', value: true } as const;

/** XLA turns the called function as a whole into machine code, or fails with the reason. */
const COMPILED_BY_XLA: FunctionTreatment = { definition: {}, call: { _XlaMustCompile: yes } };

/**
 * Keeps Grappler, TensorFlow's graph optimizer, away: recordings hold no duplicates and nothing dead, so on the CPU it
 * finds nothing that shows in the time of a step, but takes most of the time until the first one (Conv4 with 5 inner
 * steps: 7 of 11 s). On GPUs it stays, for it chooses the memory layout of convolutions.
 * A function that is neither inlined nor optimized with its caller's graph is optimized when it is first called, as the
 * call's own configuration says.
 */
const WITHOUT_GRAPPLER: FunctionTreatment = {
  definition: {
    _noinline: yes,
    _tf_data_function: yes, // the one mark by which Grappler passes a function over (meta_optimizer.cc)
  },
  call: { config_proto: { kind: 'bytes', value: configWithoutMetaOptimizer() } },
};

/** ConfigProto.graph_options.rewrite_options.disable_meta_optimizer (config.proto, rewriter_config.proto). */
function configWithoutMetaOptimizer(): Uint8Array {
  const rewriteOptions = new MessageWriter().integer(19, 1);
  const graphOptions = new MessageWriter().message(10, rewriteOptions);
  return new MessageWriter().message(10, graphOptions).finish();
}
