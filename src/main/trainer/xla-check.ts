import * as tf from '@tensorflow/tfjs-core';
import { compileFunction, type WriteGraph } from '../learning/compile/compiled-step.ts';

/** Whether XLA compiles on this machine, found out by compiling one addition with it; TensorFlow must be loaded. */
export function checkXla(writeGraph: WriteGraph): 'yes' | 'no' {
  const example = tf.tensor1d([1, 2]);
  const doubled = compileFunction((_state, feeds) => feeds.map((feed) => tf.add(feed, feed)), [], [example], {
    writeGraph,
    mode: 'compiled',
    compiler: 'xla',
  });
  try {
    return doubled.facts.compiler === 'xla' ? 'yes' : 'no';
  } finally {
    doubled.dispose();
    example.dispose();
  }
}
