import { type ErrorCode, InnerloopError } from '../../../src/shared/contract/errors.ts';
import type { RequestHandlers } from '../../../src/shared/contract/requests.ts';
import type { DatasetSummary, ImportJob } from '../../../src/shared/datasets/dataset.ts';
import type { FakeCore } from '../fake-core.ts';
import { classesOf, scrawl } from './fake-datasets.ts';
import { previewOf, textDetail, textPage } from './fake-texts.ts';

const refuse = (code: ErrorCode, message: string): never => {
  throw new InnerloopError(code, message);
};

/** The library of datasets of the stand-in, which starts with these. */
export function fakeDatasetHandlers(
  first: readonly DatasetSummary[],
  now: () => number,
  emit: FakeCore['emit'],
): Pick<RequestHandlers, Extract<keyof RequestHandlers, `datasets.${string}`>> {
  let datasets = [...first];
  const imports: ImportJob[] = [];
  const dataset = (idOrName: string): DatasetSummary =>
    datasets.find((each) => each.id === idOrName || each.name === idOrName) ??
    refuse('not-found', `There is no dataset "${idOrName}".`);
  return {
    'datasets.list': () => datasets,
    'datasets.get': ({ id }) => {
      const summary = dataset(id);
      return {
        summary,
        classes: summary.kind === 'image-classes' ? classesOf(summary.id) : [],
        text: summary.kind === 'text-classes' ? textDetail : null,
        table: null,
        audio: null,
      };
    },
    'datasets.thumbnails': ({ classes, example }) => ({
      width: 28,
      height: 28,
      channels: 1,
      pixels: classes.map((index) => scrawl(index, example)),
    }),
    'datasets.texts': textPage,
    'datasets.rows': () => refuse('wrong-state', 'There are no rows here.'),
    'datasets.clips': () => refuse('wrong-state', 'There are no clips here.'),
    'datasets.clip': () => refuse('wrong-state', 'There are no clips here.'),
    'datasets.preview': ({ source, text }) => {
      const preview = previewOf(source, text);
      return preview ? { holds: 'texts', preview } : { holds: 'images' };
    },
    'datasets.import': () => startImport(),
    'datasets.imports': () => imports,
    'datasets.cancel-import': () => null,
    'datasets.await-import': ({ jobId }) =>
      imports.find((job) => job.id === jobId) ?? refuse('not-found', 'There is no such import.'),
    'datasets.split': ({ id }) => {
      const next = { ...dataset(id), version: dataset(id).version + 1 };
      datasets = datasets.map((each) => (each.id === id ? next : each));
      emit('dataset.changed', { dataset: next });
      return next;
    },
    'datasets.rename': ({ id, name }) => {
      const next = { ...dataset(id), name };
      datasets = datasets.map((each) => (each.id === id ? next : each));
      emit('dataset.changed', { dataset: next });
      return next;
    },
    'datasets.verify': ({ id }) => {
      const next = { ...dataset(id), verifiedAt: now() };
      datasets = datasets.map((each) => (each.id === id ? next : each));
      emit('dataset.changed', { dataset: next });
      return next;
    },
    'datasets.remove': ({ id, force }) => {
      const summary = dataset(id);
      if (summary.usedByRuns > 0 && force === 'no') {
        refuse('in-use', `${summary.name} is used by ${summary.usedByRuns} runs.`);
      }
      datasets = datasets.filter((each) => each.id !== id);
      emit('dataset.removed', { id });
      return null;
    },
  };

  function startImport(): ImportJob {
    const job: ImportJob = {
      id: `job${imports.length + 1}`,
      name: 'quickdraw-animals',
      source: 'quickdraw-animals.zip',
      stage: 'converting',
      done: 29_352,
      total: 48_000,
      startedAt: now(),
      etaMs: 10_000,
      classes: 48,
      examples: 48_000,
      leftOut: [{ file: 'cat/0193.png', reason: 'cannot be read as a PNG' }],
      leftOutTotal: 3,
      duplicates: 38,
      kind: 'image-classes',
      warnings: [],
      datasetId: null,
      error: null,
    };
    imports.push(job);
    emit('import.progress', { job });
    return job;
  }
}
