import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CoreContext } from '../../../src/main/core/context.ts';
import { exportRun } from '../../../src/main/core/export/export-run.ts';
import type { HuggingFaceParts } from '../../../src/main/core/export/hugging-face.ts';
import type { TrainerJobs } from '../../../src/main/core/runs/trainer-jobs.ts';
import { putCheckpoint } from '../../../src/main/core/store/checkpoints.ts';
import { insertEvaluation } from '../../../src/main/core/store/evaluations.ts';
import { appendPoints } from '../../../src/main/core/store/metrics.ts';
import { updateRun } from '../../../src/main/core/store/runs.ts';
import { homeLayout } from '../../../src/main/files/home.ts';
import { writeSafetensors } from '../../../src/main/files/safetensors.ts';
import { type FileTensor, fileTensor } from '../../../src/main/files/tensor-types.ts';
import type { ExportFormat } from '../../../src/shared/exports/export-format.ts';
import { evaluationOf } from '../store/facts.ts';
import { storedRun, temporaryFolder, temporaryStore } from '../store/store-for-test.ts';

/** Values that lose something in float32, in seven digits, or in JSON. */
export const awkward: readonly (readonly [number, number])[] = [
  [1, 0.1 + 0.2],
  [2, -1e-300],
  [3, Math.PI],
  [10, 12345678.000000002],
  [2 ** 40, Number.POSITIVE_INFINITY],
];

type ExportParts = HuggingFaceParts & { readonly jobs: TrainerJobs };

export interface TestExport {
  readonly context: CoreContext;
  readonly to: string;
  exported(format: ExportFormat, to?: string): ReturnType<typeof exportRun>;
  /** Writes a checkpoint file and stores it. */
  checkpoint(iteration: number, role: 'best' | 'last', tensors: ReadonlyMap<string, FileTensor>): Promise<void>;
}

const nothingIsThere = (): never => {
  throw new Error('The export of numbers asks for no model or dataset.');
};

/** A store with one run `r1` that has points and an evaluation, and an empty place to export to. */
export function testExport(parts: Partial<ExportParts> = {}): TestExport {
  const db = temporaryStore();
  const layout = homeLayout(temporaryFolder());
  const context: CoreContext = { db, layout, now: () => 9000, announce: () => undefined };
  storedRun(db, 'r1');
  updateRun(db, 'r1', { startedAt: 2_000_000, iteration: 100, computeMs: 50_000 });
  appendPoints(db, 'r1', 'train/loss', awkward);
  appendPoints(db, 'r1', 'odd,"name"', [[0, 1]]);
  insertEvaluation(db, evaluationOf('r1', { kind: 'final' }));
  mkdirSync(join(layout.runs, 'r1'), { recursive: true });
  const to = join(temporaryFolder(), 'exported');
  const desks: ExportParts = {
    models: { find: nothingIsThere, forTrainer: nothingIsThere, names: () => [] },
    datasets: { check: nothingIsThere, factsFor: nothingIsThere, forTrainer: nothingIsThere },
    jobs: { run: nothingIsThere, close: nothingIsThere },
    ...parts,
  };
  return {
    context,
    to,
    exported: (format, target = to) => exportRun(context, desks, { id: 'r1', format, to: target }),
    checkpoint: async (iteration, role, tensors) => {
      const file = `iteration-${iteration}.safetensors`;
      const written = await writeSafetensors(join(layout.runs, 'r1', file), tensors);
      putCheckpoint(db, {
        ...{ id: `c${iteration}`, runId: 'r1', iteration, createdAt: 1, file, ...written },
        ...{ roles: [role], validation: null },
      });
    },
  };
}

export const vector = (...values: number[]): FileTensor => fileTensor(Float32Array.from(values), [values.length]);
