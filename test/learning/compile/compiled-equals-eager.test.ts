import { beforeAll, describe, expect, test } from 'vitest';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { compiled, compileWorkload, eager, losses, relativeDifference, withXla } from './compiling.ts';
import { convolutionStep, sinusoidMaml, stackedFeeds } from './training-steps.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

describe.each([
  ['second-order MAML with Adam, 1 inner step', sinusoidMaml(4, 1)],
  ['second-order MAML with Adam, 2 inner steps', sinusoidMaml(3, 2)],
  ['a convolutional classifier with Adam', convolutionStep()],
])('%s', (_, workload) => {
  test.each([
    ["TensorFlow's kernels", compiled, 'tensorflow'],
    ['XLA', withXla, 'xla'],
  ] as const)('gives the eager losses over 50 steps when compiled with %s', (_name, options, compiler) => {
    const eagerStep = compileWorkload(workload, eager);
    const graphStep = compileWorkload(workload, options);
    expect(graphStep.facts).toMatchObject({ mode: 'compiled', compiler });
    expect(graphStep.facts.reason).toBeUndefined();

    const expected = losses(eagerStep, workload, 50);
    const actual = losses(graphStep, workload, 50);

    const worst = Math.max(...expected.map((loss, index) => relativeDifference(loss, actual[index]!)));
    expect(worst).toBeLessThan(1e-5);
    expect(expected[49]).not.toBeCloseTo(expected[0]!, 3);
    eagerStep.dispose();
    graphStep.dispose();
  });
});

describe('several steps in one call', () => {
  const workload = sinusoidMaml(4, 1);
  const feeds = [0, 1, 2, 3, 4].map(workload.feeds);

  test.each([
    ['eager', eager],
    ['compiled', compiled],
    ['compiled with XLA', withXla],
  ])('%s: losses and state are those of single steps', (_name, options) => {
    const single = compileWorkload(workload, options);
    const several = compileWorkload(workload, { ...options, stepsPerCall: 5 });
    const expected = feeds.map((own) => single.run(own)[0]![0]!);

    const [actual] = several.runSeveral(stackedFeeds(feeds));

    expect(actual).toHaveLength(5);
    const worstLoss = Math.max(...expected.map((loss, index) => relativeDifference(loss, actual![index]!)));
    expect(worstLoss).toBeLessThan(1e-5);
    const left = single.readState();
    const right = several.readState();
    const differences = left.flatMap((values, i) => Array.from(values, (value, j) => Math.abs(value - right[i]![j]!)));
    expect(Math.max(...differences)).toBeLessThan(1e-6);
    single.dispose();
    several.dispose();
  });

  test('a graph of several steps also runs single ones, on the same state', () => {
    const step = compileWorkload(workload, { ...compiled, stepsPerCall: 2 });
    const reference = compileWorkload(workload, compiled);

    step.runSeveral(stackedFeeds(feeds.slice(0, 2)));
    step.run(feeds[2]!);
    losses(reference, workload, 3);

    expect(step.readState().at(-1)).toEqual(Float32Array.of(3)); // Adam's clock
    const weights = [step.readState()[0]![0]!, reference.readState()[0]![0]!] as const;
    expect(relativeDifference(...weights)).toBeLessThan(1e-5);
    step.dispose();
    reference.dispose();
  });
});
