import { describe, expect, it } from 'vitest';
import { insertEvaluation } from '../../../src/main/core/store/evaluations.ts';
import {
  insertPredictions,
  keepValidationPredictions,
  predictedEvaluations,
  predictionsOf,
} from '../../../src/main/core/store/predictions.ts';
import { removeRun } from '../../../src/main/core/store/runs.ts';
import type { ExamplePredictions } from '../../../src/shared/runs/example-predictions.ts';
import { evaluationOf } from './facts.ts';
import { storedRun, temporaryStore } from './store-for-test.ts';

const said: ExamplePredictions = {
  labels: ['ham', 'späm'],
  labelMode: 'single',
  examples: Int32Array.of(3, 70_000),
  truth: Uint8Array.of(1, 0, 0, 1),
  probabilities: Float32Array.of(0.9, 0.1, 0.3, 0.7),
};

function storeWith(evaluations: Parameters<typeof evaluationOf>[1][]) {
  const db = temporaryStore();
  storedRun(db, 'a');
  for (const parts of evaluations) {
    const evaluation = evaluationOf('a', parts);
    insertEvaluation(db, evaluation);
    insertPredictions(db, evaluation.id, said);
  }
  return db;
}

const keptIterations = (db: ReturnType<typeof storeWith>) =>
  predictedEvaluations(db, 'a').map(({ evaluation }) => `${evaluation.kind} ${evaluation.iteration}`);

describe('predictions', () => {
  it('come back to the bit, also from an odd place in a larger buffer', () => {
    const db = storeWith([]);
    const evaluation = evaluationOf('a', { kind: 'final', iteration: 5 });
    insertEvaluation(db, evaluation);
    const odd = new Uint8Array([9, 9, 9, ...said.truth]).subarray(3) as Uint8Array<ArrayBuffer>;
    insertPredictions(db, evaluation.id, { ...said, truth: odd });
    expect(predictionsOf(db, evaluation.id)).toEqual(said);
    expect(predictionsOf(db, 'another')).toBeNull();
    expect(predictedEvaluations(db, 'a')).toEqual([{ evaluation, examples: 2 }]);
  });

  it('hold 100,000 examples of 10 labels', () => {
    const db = storeWith([]);
    const evaluation = evaluationOf('a', { kind: 'final' });
    insertEvaluation(db, evaluation);
    const n = 100_000;
    const truth = new Uint8Array(n * 10);
    for (let i = 0; i < n; i++) truth[i * 10 + (i % 10)] = 1;
    const many: ExamplePredictions = {
      labels: Array.from({ length: 10 }, (_, i) => `label ${i}`),
      labelMode: 'single',
      examples: Int32Array.from({ length: n }, (_, i) => i),
      truth,
      probabilities: new Float32Array(n * 10).fill(0.1),
    };
    insertPredictions(db, evaluation.id, many);
    const read = predictionsOf(db, evaluation.id)!;
    expect(Buffer.from(read.truth).equals(Buffer.from(truth))).toBe(true);
    expect(read.examples.at(-1)).toBe(n - 1);
    expect(read.probabilities).toHaveLength(n * 10);
  });

  it.each([
    ['a changed truth', `truth = x'00010001'`],
    ['a cut blob', `probabilities = substr(probabilities, 1, 15)`],
    ['changed labels', `labels = '["ham","spam"]'`],
    ['another number of examples', 'count = 3'],
  ])('with %s are refused in plain words', (_, change) => {
    const db = storeWith([{ kind: 'final', iteration: 5 }]);
    db.handle.exec(`UPDATE predictions SET ${change}`);
    expect(() => predictionsOf(db, 'a-final-5')).toThrow(
      'The stored predictions of this evaluation are damaged. Evaluate the run again',
    );
  });

  it('of validations are kept after the named iterations alone, those of the end always', () => {
    const validations = [10, 20, 30].map((iteration) => ({ iteration, createdAt: iteration }));
    const db = storeWith([...validations, { kind: 'final', iteration: 30, createdAt: 40 }]);
    expect(keepValidationPredictions(db, 'a', [10, 30])).toBe(1);
    expect(keptIterations(db)).toEqual(['validation 10', 'validation 30', 'final 30']);
  });

  it('go with their run', () => {
    const db = storeWith([{ kind: 'final', iteration: 5 }]);
    removeRun(db, 'a');
    expect(predictionsOf(db, 'a-final-5')).toBeNull();
  });
});
