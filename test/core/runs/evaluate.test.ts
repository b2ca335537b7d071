import { describe, expect, it } from 'vitest';
import { askedConfig } from '../../../src/main/core/runs/evaluate.ts';
import { presets } from '../../../src/shared/run-config/presets.ts';
import type { RunConfig } from '../../../src/shared/run-config/schema.ts';

const asked = { dataset: null, episodeSeed: null, way: null, shot: null, query: null, steps: null };
const request = { ...asked, id: 'r', from: 'best', split: 'test', episodes: 10 } as const;
const configFor = (kind: RunConfig['task']['kind']): RunConfig =>
  presets.find(({ config }) => config.task.kind === kind)!.config;

describe('what can be asked of an evaluation', () => {
  it('changes way, shot and query of image episodes', () => {
    const changed = askedConfig(configFor('image-classes'), { ...request, way: 3, shot: 2, query: 4 });
    expect(changed.task).toMatchObject({ way: 3, shot: 2, query: 4 });
  });

  it('refuses a dataset for generated tasks', () => {
    expect(() => askedConfig(configFor('sinusoid'), { ...request, dataset: 'omniglot' })).toThrow(
      'The tasks of this run are generated: it has no dataset and no way to change.',
    );
  });

  it('refuses sizes of episodes for a fine-tuned run, and names them', () => {
    expect(() => askedConfig(configFor('text-classes'), { ...request, dataset: 'others' })).toThrow(
      'This run is measured on its own texts, so dataset cannot be changed. Launch a run with other examples.',
    );
    expect(() => askedConfig(configFor('text-classes'), { ...request, shot: 5 })).toThrow('texts, so shot cannot');
    expect(() => askedConfig(configFor('image-examples'), { ...request, split: 'unused' })).toThrow(
      'This run has training, validation and test images, and no unused ones.',
    );
  });
});
