import type { ModelSummary } from '../../../shared/models/model.ts';
import { basePresetFor } from '../../../shared/run-config/presets.ts';
import { request } from '../../app/core.ts';
import { changeField, type Draft, draftFromPreset } from './draft.ts';

/** A form that fine-tunes a model of the library: its start and network filled in, and images that fit it. */
export async function draftFromModel(id: string): Promise<Draft> {
  const model = await request('models.get', { id });
  if (model.kind === 'encoder') {
    const fresh = draftFromPreset(basePresetFor('text-classes'));
    return changeField(changeField(fresh, 'model.start.kind', 'pretrained'), 'model.start.model', model.name);
  }
  const fresh = draftFromPreset(basePresetFor('image-examples'));
  const started = changeField(changeField(fresh, 'model', model.network), 'algorithm.start', model.name);
  const dataset = await datasetOf(model);
  return dataset === null ? started : changeField(started, 'task.dataset', dataset);
}

/** The dataset that a network was made on; null where its run or that dataset is gone. */
async function datasetOf({ lineage }: ModelSummary): Promise<string | null> {
  if (lineage === null) return null;
  const [list, runs] = await Promise.all([
    request('datasets.list', null),
    request('runs.get', { id: lineage.runId }).then(
      (run) => [run],
      () => [], // deleted since: a default is as good
    ),
  ]);
  return list.find(({ id }) => id === runs[0]?.dataset?.id)?.name ?? null;
}
