import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { InnerloopError } from '../../../src/shared/contract/errors.ts';
import type { TrainerJob } from '../../../src/shared/contract/trainer.ts';
import { testExport, vector } from './export-for-test.ts';

it('asks a trainer for a graph model of the best checkpoint, and takes the folder that it filled', async () => {
  const asked: TrainerJob[] = [];
  const jobs = {
    close: () => undefined,
    run: async (job: TrainerJob) => {
      asked.push(job);
      if (job.kind === 'graph-model') writeFileSync(join(job.folder, 'model.json'), '{}');
      return [];
    },
  };
  const { exported, checkpoint, to } = testExport({ jobs });
  await checkpoint(10, 'best', new Map([['parameter/w', vector(1)]]));
  await checkpoint(20, 'last', new Map([['parameter/w', vector(2)]]));
  expect((await exported('tfjs')).files).toEqual([{ name: 'model.json', bytes: 2 }]);
  expect(asked).toMatchObject([{ kind: 'graph-model', classifier: null, layout: null, runId: 'r1' }]);
  expect((asked[0] as { checkpoint: string }).checkpoint).toMatch(/iteration-10\.safetensors$/);
  expect(readdirSync(to)).toEqual(['model.json']);
});

it('leaves nothing behind when the trainer cannot make one', async () => {
  const run = () => Promise.reject(new InnerloopError('wrong-state', 'This run cannot become a graph.'));
  const { exported, checkpoint, to } = testExport({ jobs: { run, close: () => undefined } });
  await checkpoint(10, 'best', new Map([['parameter/w', vector(1)]]));
  await expect(exported('tfjs')).rejects.toThrow('This run cannot become a graph.');
  expect(() => readdirSync(to)).toThrow('ENOENT');
});
