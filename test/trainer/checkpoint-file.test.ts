import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeSafetensors } from '../../src/main/files/safetensors.ts';
import {
  checkpointName,
  iterationOfName,
  readCheckpoint,
  readParameters,
  type TrainingSnapshot,
  writeCheckpoint,
} from '../../src/main/trainer/checkpoint-file.ts';
import { createRandom, randomFromState } from '../../src/shared/random/random.ts';
import { configOf, temporaryFolder } from './harness.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const config = configOf();
const awkward = new Float32Array([Math.PI, -0, 1e-45, 3.4e38, Number.NaN, Number.NEGATIVE_INFINITY]);
const random = createRandom(3, 'train-tasks');
random.normal(); // leaves a spare normal behind
const snapshot: TrainingSnapshot = {
  learner: {
    iteration: 5000,
    tensors: [
      { name: 'parameter/layer1/kernel', shape: [2, 3], values: awkward },
      { name: 'optimizer/step', shape: [], values: new Float32Array([5000]) },
    ],
    random: random.state(),
  },
  best: { metric: 'loss', value: 0.1 + 0.2, ci95: 1e-9, iteration: 4000 },
  validatedAt: 5000,
};
const file = () => join(folder.path, checkpointName(5000));
const bits = (values: Float32Array) => [...new Uint32Array(values.buffer, values.byteOffset, values.length)];

describe('a checkpoint file', () => {
  it('gives everything back to the bit', async () => {
    const written = await writeCheckpoint(file(), snapshot, config);
    expect(written.bytes).toBeGreaterThan(28);
    expect(written.sha256).toMatch(/^[0-9a-f]{64}$/);
    const read = await readCheckpoint(file(), config);
    expect({ ...read, learner: { ...read.learner, tensors: [] } }).toEqual({
      ...snapshot,
      learner: { ...snapshot.learner, tensors: [] },
    });
    for (const tensor of snapshot.learner.tensors) {
      const same = read.learner.tensors.find(({ name }) => name === tensor.name)!;
      expect(same.shape).toEqual(tensor.shape);
      expect(bits(same.values)).toEqual(bits(tensor.values));
    }
    const goesOn = randomFromState(read.learner.random);
    expect([goesOn.normal(), goesOn.normal()]).toEqual([random.normal(), random.normal()]);
  });

  it('keeps a run that was never validated', async () => {
    await writeCheckpoint(file(), { ...snapshot, best: null, validatedAt: -1 }, config);
    expect(await readCheckpoint(file(), config)).toMatchObject({ best: null, validatedAt: -1 });
  });

  it('gives the parameters alone for an evaluation, whatever the config', async () => {
    await writeCheckpoint(file(), snapshot, config);
    const { iteration, parameters } = await readParameters(file());
    expect(iteration).toBe(5000);
    expect(parameters.map(({ name, shape }) => [name, shape])).toEqual([['layer1/kernel', [2, 3]]]);
  });

  it('is refused for a run with another config or seed', async () => {
    await writeCheckpoint(file(), snapshot, config);
    await expect(readCheckpoint(file(), configOf({ seed: 2 }))).rejects.toMatchObject({ code: 'wrong-state' });
    await expect(readCheckpoint(file(), configOf({ inner: { rate: 0.5 } }))).rejects.toThrow(/another config or seed/);
    await expect(readCheckpoint(file(), configOf({ name: 'renamed', note: 'x' }))).resolves.toBeDefined();
  });

  it('of an older version, whose config lacks later fields, is still of the same run', async () => {
    const { engine: _, ...older } = config; // the preset's engine settings are what the older version did
    await writeCheckpoint(file(), snapshot, older as typeof config);
    await expect(readCheckpoint(file(), config)).resolves.toBeDefined();
  });

  it('is refused in plain words when it is damaged, foreign or missing', async () => {
    await expect(readCheckpoint(file(), config)).rejects.toMatchObject({ code: 'not-found' });
    writeFileSync(file(), 'nonsense, but long enough to have a header');
    await expect(readCheckpoint(file(), config)).rejects.toMatchObject({ code: 'bad-file' });
    await writeSafetensors(file(), new Map([['w', { dtype: 'F32', shape: [1], values: new Float32Array(1) }]]));
    await expect(readCheckpoint(file(), config)).rejects.toThrow(/not a checkpoint that this version/);
  });
});

describe('names of checkpoints', () => {
  it('carry the iteration, sorted as text', () => {
    expect(checkpointName(5000)).toBe('iteration-0005000.safetensors');
    expect(iterationOfName('iteration-0005000.safetensors')).toBe(5000);
    expect(iterationOfName(checkpointName(12_345_678))).toBe(12_345_678);
    for (const other of ['iteration-5.safetensors', 'iteration-0005000.safetensors.part', 'notes.txt']) {
      expect(iterationOfName(other)).toBeNull();
    }
  });
});
