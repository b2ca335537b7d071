import { InnerloopError } from '../../../src/shared/contract/errors.ts';
import type { EventName, EventOf } from '../../../src/shared/contract/events.ts';
import type { RequestHandlers } from '../../../src/shared/contract/requests.ts';
import type { ModelSummary } from '../../../src/shared/models/model.ts';

const day = 86_400_000;
const sha256 = (start: string): string => start.padEnd(64, '0f3a');

type Encoder = Extract<ModelSummary, { readonly kind: 'encoder' }>;

/** Two imported encoders, one of them damaged, and two that runs made. */
export function plausibleModels(now: number): [Encoder, ...ModelSummary[]] {
  const minilm: Encoder = {
    kind: 'encoder',
    ...{ id: 'minilm-4f2a', name: 'MiniLM', origin: 'imported', source: 'all-MiniLM-L6-v2', family: 'bert' },
    ...{ architecture: 'BertModel', layers: 6, hidden: 384, heads: 12, vocabulary: 30_522, tokens: 30_522 },
    ...{ maxLength: 512, parameters: 22_713_216, precision: 'F32', tokenizer: 'tokenizer.json', labels: null },
    ...{ sha256: sha256('53aa51172d142c89'), bytes: 91_600_000, createdAt: now - 3 * day, lineage: null },
    ...{ usedByRuns: 14, state: 'ready' },
  };
  return [
    minilm,
    {
      ...minilm,
      ...{ id: 'distil-91bc', name: 'distilroberta-base', source: 'distilroberta-base', family: 'roberta' },
      ...{ architecture: 'RobertaForMaskedLM', hidden: 768, vocabulary: 50_265, tokens: 50_265, maxLength: 512 },
      ...{ parameters: 82_118_400, precision: 'F16', sha256: sha256('a17e'), bytes: 168_000_000 },
      ...{ createdAt: now - 2 * day, usedByRuns: 0, state: 'changed-on-disk' },
    },
    {
      ...minilm,
      ...{ id: 'spam-7d01', name: 'spam-filter', origin: 'produced', source: 'spam-minilm-s42', usedByRuns: 2 },
      ...{ architecture: 'BertForSequenceClassification', labels: ['ham', 'spam'], sha256: sha256('c0ffee12') },
      ...{ parameters: 22_861_826, createdAt: now - 5 * 3_600_000 },
      lineage: {
        ...{ runId: 'run-12', runNumber: 12, runName: 'spam-minilm-s42', iteration: 240 },
        base: { id: 'minilm-4f2a', name: 'MiniLM' },
      },
    },
    {
      ...minilm,
      ...{ id: 'topics-3e55', name: 'topics', origin: 'produced', source: 'topics-s1', usedByRuns: 0 },
      ...{ architecture: 'BertForSequenceClassification', labels: ['business', 'science', 'sport', 'world'] },
      ...{ sha256: sha256('77b0'), parameters: 22_862_596, createdAt: now - 600_000 },
      lineage: {
        ...{ runId: 'run-14', runNumber: 14, runName: 'topics-s1', iteration: 900 },
        base: { id: 'spam-7d01', name: 'spam-filter' },
      },
    },
  ];
}

type ModelHandlers = Pick<
  RequestHandlers,
  Extract<keyof RequestHandlers, `models.${string}`> | 'runs.export' | 'runs.predict' | 'runs.predict-images'
>;
type Emit = <Name extends EventName>(name: Name, body: EventOf<Name>) => void;

const refuse = (code: 'not-found' | 'in-use' | 'bad-file', message: string): never => {
  throw new InnerloopError(code, message);
};

/** The requests about models on a made-up library, which they change. */
export function fakeModelHandlers(start: readonly ModelSummary[], now: () => number, emit: Emit): ModelHandlers {
  let models = [...start];
  const find = (idOrName: string): ModelSummary =>
    models.find(({ id, name }) => id === idOrName || name === idOrName) ??
    refuse('not-found', `There is no model "${idOrName}" in the library.`);
  const put = (model: ModelSummary): ModelSummary => {
    models = models.some(({ id }) => id === model.id)
      ? models.map((each) => (each.id === model.id ? model : each))
      : [...models, model];
    emit('model.changed', { model });
    return model;
  };
  const add = (name: string, facts: Pick<Partial<Encoder>, 'origin' | 'source'>): ModelSummary =>
    put({ ...plausibleModels(now())[0], usedByRuns: 0, createdAt: now(), id: `${name}-new`, name, ...facts });
  return {
    'models.list': () => models,
    'models.get': ({ id }) => find(id),
    'models.import': async ({ source, name }) => {
      if (source === 'no-model') refuse('bad-file', '"no-model" is not a Hugging Face folder: it has no config.json.');
      const job = { id: `${source}-new`, name: name ?? source, total: 91_600_000 };
      emit('model.importing', { job: { ...job, stage: 'copying', done: 45_000_000 } });
      await new Promise((resolve) => setTimeout(resolve, 50));
      emit('model.importing', { job: { ...job, stage: 'done', done: 0, total: 0 } });
      return add(name ?? source, { source });
    },
    'models.cancel-import': () => null,
    'models.adopt': ({ runId, name }) => add(name ?? runId, { origin: 'produced', source: runId }),
    'models.rename': ({ id, name }) => put({ ...find(id), name }),
    'models.verify': ({ id }) => put({ ...find(id), state: 'ready' }),
    'models.remove': ({ id, force }) => {
      if (find(id).usedByRuns > 0 && force === 'no') refuse('in-use', `The model "${find(id).name}" is used by runs.`);
      models = models.filter((model) => model.id !== find(id).id);
      emit('model.removed', { id });
      return null;
    },
    'runs.predict': ({ texts }) => ({
      ...{ labels: ['ham', 'spam'], labelMode: 'single', iteration: 240, maxLength: 128, computeMs: 14.2 },
      predictions: texts.map(({ text }) => ({
        ...{
          labels: ['spam'],
          probabilities: [0.08, 0.92],
          tokens: Math.min(128, text.trim().split(/\s+/).length + 2),
        },
      })),
    }),
    'runs.predict-images': ({ images }) => ({
      ...{ labels: ['A', 'B'], labelMode: 'single', iteration: 50, maxLength: null, computeMs: 30 },
      predictions: images.map(() => ({ labels: ['B'], probabilities: [0.2, 0.8], tokens: null })),
      seen: images.map(() => ({
        ...({ width: 2, height: 2, channels: 1, polarity: 'ink-dark' } as const),
        pixels: Uint8Array.of(0, 90, 180, 255),
      })),
    }),
    'runs.export': ({ to, format }) => ({ folder: to, files: [{ name: `metrics.${format}`, bytes: 12_345 }] }),
  };
}
