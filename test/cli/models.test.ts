import { describe, expect, it } from 'vitest';
import { createInterrupts } from '../../src/main/cli/interrupts.ts';
import { InnerloopError } from '../../src/shared/contract/errors.ts';
import type { AnyEvent } from '../../src/shared/contract/events.ts';
import type { RequestHandlers } from '../../src/shared/contract/requests.ts';
import type { ModelSummary } from '../../src/shared/models/model.ts';
import { cli, coreWithRuns, runSummary } from './harness.ts';

const model: ModelSummary = {
  kind: 'encoder',
  id: 'minilm-1',
  name: 'MiniLM',
  origin: 'imported',
  source: 'all-MiniLM-L6-v2',
  family: 'bert',
  architecture: 'BertModel',
  layers: 6,
  hidden: 384,
  heads: 12,
  vocabulary: 30_522,
  tokens: 30_522,
  maxLength: 512,
  parameters: 22_713_216,
  precision: 'F32',
  tokenizer: 'tokenizer.json',
  labels: null,
  sha256: '53aa51172d142c89',
  bytes: 91_600_000,
  createdAt: 0,
  lineage: null,
  usedByRuns: 3,
  state: 'ready',
};
const produced: ModelSummary = {
  ...model,
  ...{ id: 'spam-2', name: 'spam-filter', origin: 'produced', source: 'spam', labels: ['ham', 'spam'], usedByRuns: 1 },
  lineage: { runId: 'r1', runNumber: 12, runName: 'spam', iteration: 240, base: { id: 'minilm-1', name: 'MiniLM' } },
};
const core: Partial<RequestHandlers> = {
  'models.list': () => [model, produced],
  'models.get': ({ id }) => (id === 'spam-filter' ? produced : model),
  'models.import': () => model,
  'models.adopt': () => produced,
  'models.verify': () => model,
  'models.remove': () => null,
};

describe('models import', () => {
  it('asks with an absolute path and tells what the model is', async () => {
    const { code, asked, output, json } = await cli(['models', 'import', 'minilm', '--name', 'MiniLM', '--json'], {
      core,
      cwd: '/data',
    });
    expect(code).toBe(0);
    expect(asked).toEqual([{ name: 'models.import', body: { source: '/data/minilm', name: 'MiniLM' } }]);
    expect(json()).toEqual(model);
    expect(output.trim().split('\n')).toHaveLength(1);
    const people = await cli(['models', 'import', 'minilm'], { core });
    expect(people.output).toContain('6 layers of 384, 12 heads, 22,713,216 parameters in F32, 92 MB');
  });

  it('shows how much is copied', async () => {
    let announce: (event: AnyEvent) => void = () => undefined;
    const job = { id: 'minilm-1', name: 'MiniLM', stage: 'copying', done: 45_000_000, total: 91_600_000 } as const;
    const slow: Partial<RequestHandlers> = {
      'models.import': () => {
        announce({ name: 'model.importing', body: { job } });
        return model;
      },
    };
    const { errors } = await cli(['models', 'import', 'x'], {
      core: slow,
      onConnect: (given) => {
        announce = given;
      },
    });
    expect(errors).toContain('MiniLM: copying 45 MB of 92 MB');
  });

  it('is cancelled by Ctrl+C, with 130', async () => {
    const interrupts = createInterrupts(() => undefined);
    let announce: (event: AnyEvent) => void = () => undefined;
    let refuse: (error: Error) => void = () => undefined;
    const waiting: Partial<RequestHandlers> = {
      'models.import': () => {
        announce({
          name: 'model.importing',
          body: { job: { id: 'minilm-1', name: 'MiniLM', stage: 'checking', done: 0, total: 0 } },
        });
        interrupts.interrupt();
        return new Promise<ModelSummary>((_, reject) => {
          refuse = reject;
        });
      },
      'models.cancel-import': ({ id }) => {
        const error = new InnerloopError('cancelled', `The import of "${id}" was cancelled; nothing was kept.`);
        setImmediate(() => refuse(error));
        return null;
      },
    };
    const { code, errors } = await cli(['models', 'import', 'x'], {
      ...{ core: waiting, interrupts },
      onConnect: (given) => {
        announce = given;
      },
    });
    expect(code).toBe(130);
    expect(errors).toContain('The import of "minilm-1" was cancelled; nothing was kept.');
  });
});

describe('the other model commands', () => {
  it('list names, sizes and use', async () => {
    const { output } = await cli(['models', 'list'], { core });
    expect(output).toMatch(/MiniLM +BERT +6 +384 +22,713,216 +92 MB +imported +53aa5117 +3 runs +ready/);
    expect((await cli(['models', 'list'], { core: { 'models.list': () => [] } })).output).toContain(
      'innerloop models import FOLDER',
    );
  });

  it('show the lineage of a model that a run made', async () => {
    const { output } = await cli(['models', 'show', 'spam-filter'], { core });
    expect(output).toContain('made by     run 12 (spam), iteration 240');
    expect(output).toContain('began with  MiniLM');
    expect(output).toContain('tells apart ham, spam');
  });

  it('adopt a run under the name that was typed', async () => {
    const { code, asked } = await cli(['models', 'adopt', 'spam', '--name', 'spam-filter'], {
      core: { ...core, ...coreWithRuns([runSummary({ id: 'r1', name: 'spam' })]) },
    });
    expect(code).toBe(0);
    expect(asked.at(-1)).toEqual({ name: 'models.adopt', body: { runId: 'r1', name: 'spam-filter' } });
  });

  it('verify with 1 for a change', async () => {
    const changed = { ...core, 'models.verify': () => ({ ...model, state: 'changed-on-disk' as const }) };
    const { code, output } = await cli(['models', 'verify', 'MiniLM'], { core: changed });
    expect([code, output]).toEqual([1, 'MiniLM has changed on disk (sha256 53aa51172d142c89).\n']);
  });

  it('remove by the id, forced only when asked', async () => {
    expect((await cli(['models', 'remove', 'MiniLM'], { core })).asked.at(-1)?.body).toEqual({
      id: 'minilm-1',
      force: 'no',
    });
    const refusing: Partial<RequestHandlers> = {
      ...core,
      'models.remove': ({ force }) => {
        if (force === 'no') throw new InnerloopError('in-use', 'The model "MiniLM" is used by 3 runs.');
        return null;
      },
    };
    const { code, errors } = await cli(['models', 'remove', 'MiniLM'], { core: refusing });
    expect([code, errors]).toEqual([1, 'The model "MiniLM" is used by 3 runs.\n']);
    expect((await cli(['models', 'remove', 'MiniLM', '--force'], { core: refusing })).code).toBe(0);
  });
});

describe('export', () => {
  const files = [{ name: 'metrics.csv', bytes: 1500 }];
  const exporting: Partial<RequestHandlers> = {
    ...coreWithRuns([runSummary({ id: 'r1', name: 'spam' })]),
    'runs.export': ({ to }) => ({ folder: to, files }),
  };

  it('asks with an absolute path and lists what was written', async () => {
    const words = ['export', 'spam', '--format', 'csv', '--to', 'out'];
    const { code, asked, output } = await cli(words, { core: exporting, cwd: '/data' });
    expect(code).toBe(0);
    expect(asked.at(-1)).toEqual({ name: 'runs.export', body: { id: 'r1', format: 'csv', to: '/data/out' } });
    expect(output).toBe('/data/out/metrics.csv  1.5 KB\n');
    const { json } = await cli([...words, '--json'], { core: exporting, cwd: '/data' });
    expect(json()).toEqual({ run: 'r1', format: 'csv', folder: '/data/out', files });
  });

  it('needs a folder and a format that there is', async () => {
    expect((await cli(['export', 'spam', '--format', 'csv'], { core: exporting })).code).toBe(2);
    const { code, errors } = await cli(['export', 'spam', '--format', 'onnx', '--to', 'out'], { core: exporting });
    expect(code).toBe(2);
    expect(errors).toContain('csv');
    expect((await cli(['export', '--help'])).output).toContain(
      'a fine-tuned text model as a folder that transformers loads',
    );
  });
});
