/** Whole training steps, written out in tfjs operations, for the tests of this room. */

import * as tf from '@tensorflow/tfjs-core';
import type { StepFunction, TensorValues } from '../../../src/main/learning/compile/compiled-step.ts';
import { createRandom } from '../../../src/shared/random/random.ts';

export interface Workload {
  readonly step: StepFunction;
  /** Shapes of the whole state, optimiser slots and counter included. */
  readonly stateShapes: readonly (readonly number[])[];
  readonly feedShapes: readonly (readonly number[])[];
  initialState(): Float32Array[];
  /** The feeds of step `index`; the same for the same index. */
  feeds(index: number): Float32Array[];
}

type Loss = (parameters: readonly tf.Tensor[], feeds: readonly tf.Tensor[]) => tf.Scalar;

/** Second-order MAML on sinusoids with an MLP 1-40-40-1 and Adam, all tasks in one batch. */
export function sinusoidMaml(tasks: number, innerSteps: number): Workload {
  const shots = 10;
  const parameterShapes = [
    [1, 40],
    [1, 40],
    [40, 40],
    [1, 40],
    [40, 1],
    [1, 1],
  ];
  const network = (x: tf.Tensor, p: readonly tf.Tensor[]) => {
    const first = tf.relu(tf.add(tf.matMul(x, p[0]!), p[1]!));
    const second = tf.relu(tf.add(tf.matMul(first, p[2]!), p[3]!));
    return tf.add(tf.matMul(second, p[4]!), p[5]!);
  };
  const squaredError = (x: tf.Tensor, y: tf.Tensor, p: readonly tf.Tensor[]) =>
    tf.sum(tf.mean(tf.square(tf.sub(network(x, p), y)), [1, 2])) as tf.Scalar;
  const loss: Loss = (parameters, [supportX, supportY, queryX, queryY]) => {
    let fast = parameters.map((weights) => tf.tile(tf.expandDims(weights, 0), [tasks, 1, 1]));
    for (let i = 0; i < innerSteps; i++) {
      const gradients = tf.grads((...p: tf.Tensor[]) => squaredError(supportX!, supportY!, p))(fast);
      fast = fast.map((weights, index) => tf.sub(weights, tf.mul(gradients[index]!, 0.01)));
    }
    return tf.div(squaredError(queryX!, queryY!, fast), tasks);
  };
  const feedShape = [tasks, shots, 1];
  return {
    step: adam(loss, parameterShapes.length),
    stateShapes: adamShapes(parameterShapes),
    feedShapes: [feedShape, feedShape, feedShape, feedShape],
    initialState: () => adamState(parameterShapes, 0.3),
    feeds: (index) => sinusoids(tasks, shots, index),
  };
}

/** One Adam step on a small convolutional classifier with batch statistics and cross-entropy. */
export function convolutionStep(): Workload {
  const parameterShapes = [[3, 3, 1, 8], [8], [8], [8, 3]];
  const loss: Loss = (p, [images, labels]) => {
    const filtered = tf.conv2d(images as tf.Tensor4D, p[0] as tf.Tensor4D, 2, 'same');
    const centred = tf.sub(filtered, tf.mean(filtered, [0, 1, 2], true));
    const variance = tf.mean(tf.square(centred), [0, 1, 2], true);
    const normal = tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5))), p[1]!), p[2]!);
    const logits = tf.matMul(tf.mean(tf.relu(normal), [1, 2]), p[3] as tf.Tensor2D);
    const ownLogit = tf.sum(tf.mul(logits, labels!), 1);
    return tf.mean(tf.sub(tf.log(tf.sum(tf.exp(logits), 1)), ownLogit)) as tf.Scalar;
  };
  return {
    step: adam(loss, parameterShapes.length),
    stateShapes: adamShapes(parameterShapes),
    feedShapes: [
      [6, 12, 12, 1],
      [6, 3],
    ],
    initialState: () => adamState(parameterShapes, 0.4),
    feeds: (index) => {
      const random = createRandom(index, 'images');
      const images = Float32Array.from({ length: 6 * 12 * 12 }, () => random.uniform());
      const labels = new Float32Array(18);
      for (let i = 0; i < 6; i++) labels[i * 3 + (i % 3)] = 1;
      return [images, labels];
    },
  };
}

/** Tensors of `values`; the caller disposes them. */
export function tensors(values: readonly TensorValues[], shapes: readonly (readonly number[])[]): tf.Tensor[] {
  return values.map((tensor, index) => tf.tensor(tensor, [...shapes[index]!]));
}

/** Feeds of several steps as `runSeveral` takes them. */
export function stackedFeeds(steps: readonly (readonly Float32Array[])[]): Float32Array[] {
  return steps[0]!.map((_, feed) => {
    const parts = steps.map((feeds) => feeds[feed]!);
    const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
    parts.forEach((part, step) => {
      whole.set(part, step * part.length);
    });
    return whole;
  });
}

/** Adam (Kingma and Ba 2015, 1412.6980, end of section 2) around a loss; state: parameters, m, v, t. */
function adam(loss: Loss, count: number): StepFunction {
  const [rate, beta1, beta2, epsilon] = [1e-3, 0.9, 0.999, 1e-8];
  return (state, feeds) => {
    const parameters = state.slice(0, count);
    const { value, grads } = tf.valueAndGrads((...p: tf.Tensor[]) => loss(p, feeds))([...parameters]);
    const time = tf.add(state[3 * count]!, 1);
    const correction = tf.div(tf.sqrt(tf.sub(1, tf.pow(beta2, time))), tf.sub(1, tf.pow(beta1, time)));
    const first = grads.map((g, i) => tf.add(tf.mul(state[count + i]!, beta1), tf.mul(g, 1 - beta1)));
    const second = grads.map((g, i) => tf.add(tf.mul(state[2 * count + i]!, beta2), tf.mul(tf.square(g), 1 - beta2)));
    const moved = parameters.map((p, i) => {
      const change = tf.div(tf.mul(tf.mul(first[i]!, correction), rate), tf.add(tf.sqrt(second[i]!), epsilon));
      return tf.sub(p, change);
    });
    return { state: [...moved, ...first, ...second, time], fetches: [value] };
  };
}

function adamShapes(shapes: readonly (readonly number[])[]): (readonly number[])[] {
  return [...shapes, ...shapes, ...shapes, []];
}

function adamState(shapes: readonly (readonly number[])[], scale: number): Float32Array[] {
  const random = createRandom(7, 'parameters');
  const sizes = shapes.map((shape) => shape.reduce((product, size) => product * size, 1));
  const parameters = sizes.map((size) => Float32Array.from({ length: size }, () => scale * random.normal()));
  const slots = [...sizes, ...sizes].map((size) => new Float32Array(size));
  return [...parameters, ...slots, new Float32Array(1)];
}

function sinusoids(tasks: number, shots: number, seed: number): Float32Array[] {
  const random = createRandom(seed, 'sinusoids');
  const [supportX, supportY, queryX, queryY] = [0, 1, 2, 3].map(() => new Float32Array(tasks * shots)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let task = 0; task < tasks; task++) {
    const amplitude = random.uniformBetween(0.1, 5);
    const phase = random.uniformBetween(0, Math.PI);
    for (let i = task * shots; i < (task + 1) * shots; i++) {
      supportX[i] = random.uniformBetween(-5, 5);
      supportY[i] = amplitude * Math.sin(supportX[i]! - phase);
      queryX[i] = random.uniformBetween(-5, 5);
      queryY[i] = amplitude * Math.sin(queryX[i]! - phase);
    }
  }
  return [supportX, supportY, queryX, queryY];
}
