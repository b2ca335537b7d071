import type { Writable } from '../../../src/main/core/store/database.ts';
import { updateRun } from '../../../src/main/core/store/runs.ts';
import { addTag } from '../../../src/main/core/store/tags.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { resolveRunName } from '../../../src/shared/run-config/naming.ts';
import type { RunState } from '../../../src/shared/runs/run.ts';
import { configWith, storedRun } from './store-for-test.ts';

const states: readonly RunState[] = ['completed', 'completed', 'completed', 'stopped', 'failed', 'interrupted'];

/** Stores `count` made-up runs of several configs, datasets, seeds and ends; the same ones every time. */
export function fillWithRuns(db: Writable, count: number): void {
  const random = createRandom(1, 'synthetic-runs');
  for (let index = 0; index < count; index++) {
    const image = random.uniform() < 0.6;
    const name = random.uniform() < 0.5 ? 'omniglot' : 'glyphs';
    const config = configWith({
      seed: 1 + (index % 5),
      algorithm: { kind: random.uniform() < 0.5 ? 'maml' : 'fomaml' },
      inner: { rate: [0.01, 0.1, 0.4][random.integer(3)] },
      ...(image ? { task: { kind: 'image-classes', dataset: name, way: 5, shot: 1 + random.integer(5) } } : {}),
    });
    const id = storedRun(db, `run${index}`, {
      config,
      name: `${resolveRunName(config)}-${index}`,
      dataset: image ? { id: name, name, version: 1, digest: 'ab' } : null,
      createdAt: 1_790_000_000_000 + index * 60_000,
    });
    const value = random.uniform();
    updateRun(db, id, {
      state: states[random.integer(states.length)]!,
      trainLoss: random.uniform() * 2,
      computeMs: random.uniform() * 1e7,
      iteration: 60_000,
      best: random.uniform() < 0.1 ? null : { metric: image ? 'accuracy' : 'loss', value, ci95: 0.01, iteration: 10 },
      sparkline: JSON.stringify({ values: Array.from({ length: 40 }, () => random.uniform()) }),
    });
    if (random.uniform() < 0.3) addTag(db, id, 'paper');
    if (random.uniform() < 0.2) addTag(db, id, 'ablation');
  }
}
