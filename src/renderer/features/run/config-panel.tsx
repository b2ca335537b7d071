import type { ReactNode } from 'react';
import { algorithmFacts } from '../../../shared/run-config/algorithm-facts.ts';
import { usesField } from '../../../shared/run-config/field-use.ts';
import { batchNormOf, modelName } from '../../../shared/run-config/model-facts.ts';
import {
  type AugmentationConfig,
  type FineTuneRunConfig,
  isFineTune,
  isTextFineTune,
  type NetworkFineTuneConfig,
} from '../../../shared/run-config/schema.ts';
import { fromScratch } from '../../../shared/run-config/start-model.ts';
import { familyLabels, familyOf, type TaskFamily } from '../../../shared/run-config/task-facts.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { shell } from '../../app/core.ts';
import { count, plural } from '../../app/format.ts';
import { fileNameOf } from '../../charts/chart-csv.ts';
import { IconButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/page.tsx';
import { type Toasts, useToasts } from '../../ui/toast.tsx';
import { comparePaper, type PaperComparison, settingText } from './paper.ts';

type Row = readonly [label: string, ...values: ReactNode[]];

/** Writes the config where the user picks; it can be opened again by the form and by the command line. */
export async function saveConfig(run: RunSummary, toasts: Toasts): Promise<void> {
  try {
    const text = `${JSON.stringify(run.config, null, 2)}\n`;
    const outcome = await shell.saveAs(`${fileNameOf(run.name)}.json`, new TextEncoder().encode(text));
    if (outcome === 'saved') toasts.tell('Config saved', 'download');
  } catch (thrown) {
    toasts.tellFailure(thrown);
  }
}

/** The settings that matter most; what is not the paper's is amber, with the paper's value in the hover. */
export function ConfigPanel({ run }: { readonly run: RunSummary }) {
  const toasts = useToasts();
  const paper = comparePaper(run.config);
  const number = paper.differences.size;
  const sub = number === 0 ? 'as in the paper' : `${plural(number, 'field')} not the paper’s`;
  return (
    <Panel
      title="Config"
      sub={paper.preset && <span title={`Compared with the preset “${paper.preset.label}”`}>{sub}</span>}
      tools={
        <IconButton size="small" icon="download" label="Save as JSON" onClick={() => void saveConfig(run, toasts)} />
      }
    >
      <div className="pad">
        <dl className="kv">
          {sections(run, paper).map(([title, rows]) => (
            <Section key={title} title={title} rows={rows} />
          ))}
        </dl>
      </div>
    </Panel>
  );
}

function Section({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  return (
    <>
      <dt className="hd">{title}</dt>
      <dd className="hd-value" />
      {rows.map(([label, ...values]) => (
        <FactRow key={label} label={label} values={values} />
      ))}
    </>
  );
}

function FactRow({ label, values }: { readonly label: string; readonly values: readonly ReactNode[] }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {values.map((value, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the places are fixed
          <span key={index}>
            {index > 0 && ' · '}
            {value}
          </span>
        ))}
      </dd>
    </>
  );
}

type ShowValue = (path: string, shown: ReactNode) => ReactNode;

function taskRows({ config, dataset }: RunSummary, value: ShowValue): readonly Row[] {
  const { task } = config;
  const named = (given: string): Row => [
    'Dataset',
    <span key="dataset">
      {dataset?.name ?? given} <span className="mono muted">{dataset?.digest.slice(0, 8)}</span>
    </span>,
  ];
  if (task.kind === 'image-examples') {
    return [
      named(task.dataset),
      [
        'Classes · of',
        value('task.classes', task.classes || 'all'),
        value('task.classSplit', task.classSplit === 'all' ? 'all splits' : `the ${task.classSplit} split`),
      ],
      [
        'Train · validation · test',
        value('task.perClass', task.perClass || 'the rest'),
        value('task.validationPerClass', task.validationPerClass),
        value('task.testPerClass', task.testPerClass),
      ],
      ['Augmentation', value('task.augmentation.kind', augmentationWords(task.augmentation))],
    ];
  }
  if (task.kind === 'text-classes') {
    return [named(task.dataset), ['Max length', value('task.maxLength', `${task.maxLength} tokens`)]];
  }
  if (task.kind === 'table-classes' || task.kind === 'audio-classes') {
    const training: Row = [
      'Training examples',
      value('task.perClass', task.perClass === 0 ? 'all' : `${task.perClass} per label`),
    ];
    if (task.kind === 'table-classes') return [named(task.dataset), training];
    const features = task.features === 'waveform' ? 'waveform' : `${task.bands} log-mel bands`;
    return [named(task.dataset), training, ['Features', value('task.features', features)]];
  }
  if (task.kind !== 'image-classes') {
    const [title, path] =
      task.kind === 'sinusoid' ? (['Curves', 'task.variant'] as const) : (['Points', 'task.family'] as const);
    return [
      [title, value(path, familyLabels[familyOf(task) as TaskFamily])],
      ['Shot · query', value('task.shot', task.shot), value('task.query', task.query)],
    ];
  }
  return [
    named(task.dataset),
    ['Way · shot · query', value('task.way', task.way), value('task.shot', task.shot), value('task.query', task.query)],
    ['Labels', value('task.labels', task.labels === 'classes' ? 'classes' : familyLabels[task.labels])],
    ['Rotations as classes', value('task.rotations', task.rotations)],
    ['Augmentation', value('task.augmentation.kind', augmentationWords(task.augmentation))],
  ];
}

const augmentationWords = (augmentation: AugmentationConfig): string =>
  augmentation.kind === 'off'
    ? 'off'
    : `${augmentation.shift} px, ${augmentation.degrees}°${augmentation.flip === 'on' ? ', mirrored' : ''}`;

function sections(run: RunSummary, paper: PaperComparison): readonly (readonly [string, readonly Row[]])[] {
  const { config, engine } = run;
  const { model, inner, outer, evaluation } = config;
  const value = (path: string, shown: ReactNode): ReactNode => <Marked paper={paper} path={path} shown={shown} />;
  const { order, rates } = algorithmFacts[config.algorithm.kind];
  const reduction = inner.lossReduction === 'mean' ? 'mean' : 'sum over classes';
  const parameters = engine ? `${count(engine.parameters)} params` : '–';
  const batchNorm = batchNormOf(model);
  const modelRows: readonly Row[] = [
    [modelWords(model), parameters],
    ...(batchNorm === 'none' ? [] : ([['Batch norm', value('model.batchNorm', batchNorm)]] as const)),
  ];
  if (isFineTune(config)) return fineTuneSections(run, config, modelRows, value);
  return [
    ['Task', taskRows(run, value)],
    ['Model', modelRows],
    [
      'Inner loop',
      [
        [
          'Rate · steps (train / test)',
          rates === 'configured' ? value('inner.rate', settingText(inner.rate)) : rates,
          <span key="steps">
            {rates === 'none' ? (
              'no steps'
            ) : (
              <>
                {value('inner.steps', inner.steps)} / {value('evaluation.testSteps', evaluation.testSteps)}
              </>
            )}
          </span>,
        ],
        ['Order · loss reduction', order, usesField(config, 'inner.lossReduction') ? reduction : '–'],
      ],
    ],
    [
      'Outer loop',
      [
        [`${optimizerNames[outer.optimizer]} rate`, value('outer.rate', settingText(outer.rate))],
        ['Meta-batch', value('outer.metaBatch', plural(outer.metaBatch, 'task'))],
        ['Gradient clip', outer.clip.kind === 'off' ? 'off' : `${outer.clip.kind} ${settingText(outer.clip.limit)}`],
      ],
    ],
    [
      'Evaluation',
      [
        [
          'Every · episodes',
          evaluation.every === 0 ? 'never' : `${count(evaluation.every)} it`,
          count(evaluation.episodes),
        ],
        ['Seed', config.seed],
      ],
    ],
  ];
}

const optimizerNames = { adam: 'Adam', adamw: 'AdamW', sgd: 'SGD' } as const;
const trainedNames = { all: 'all weights', head: 'the head', 'last-layers': 'last layers', lora: 'LoRA' } as const;

/** What a fine-tuned run depends on. */
function fineTuneSections(
  run: RunSummary,
  config: FineTuneRunConfig,
  modelRows: readonly Row[],
  value: ShowValue,
): readonly (readonly [string, readonly Row[]])[] {
  const { algorithm, outer, seed } = config;
  return [
    ['Task', taskRows(run, value)],
    ['Model', [...modelRows, ...trainedRows(config, value)]],
    [
      'Fine-tuning',
      [
        ['Epochs', value('algorithm.epochs', algorithm.epochs)],
        ['Batch', value('algorithm.batch', plural(algorithm.batch, isTextFineTune(config) ? 'text' : 'image'))],
        ...accumulateRows(config, value),
        [`${optimizerNames[outer.optimizer]} rate`, value('outer.rate', settingText(outer.rate))],
        ['Schedule', value('outer.schedule.kind', outer.schedule.kind)],
        ['Gradient clip', outer.clip.kind === 'off' ? 'off' : `${outer.clip.kind} ${settingText(outer.clip.limit)}`],
        ['Seed', seed],
      ],
    ],
  ];
}

/** Batches whose gradients make one step, where those are several. */
function accumulateRows({ algorithm }: FineTuneRunConfig, value: ShowValue): readonly Row[] {
  if (algorithm.kind !== 'fine-tune' || algorithm.accumulate === 1) return [];
  return [['Batches a step', value('algorithm.accumulate', algorithm.accumulate)]];
}

function trainedRows(config: FineTuneRunConfig, value: ShowValue): readonly Row[] {
  if (isTextFineTune(config)) {
    const { trained, dropout } = config.model;
    return [
      ['Trained', value('model.trained.kind', trainedNames[trained.kind])],
      ['Dropout', value('model.dropout', settingText(dropout))],
    ];
  }
  const { start, startHead, trained } = config.algorithm as NetworkFineTuneConfig;
  const scratch = start === fromScratch;
  return [
    ['Start', value('algorithm.start', scratch ? 'from scratch' : start)],
    ...(scratch ? [] : ([['Its head', value('algorithm.startHead', startHead)]] as const)),
    ['Trained', value('algorithm.trained', trainedNames[trained])],
  ];
}

function modelWords(model: RunSummary['config']['model']): string {
  if (model.kind === 'mlp') return `${modelName(model)}, ${model.activation}`;
  if (model.kind === 'conv4') return `${modelName(model)}, ${model.downsampling === 'stride' ? 'strided' : 'max-pool'}`;
  return modelName(model);
}

interface MarkedProps {
  readonly paper: PaperComparison;
  readonly path: string;
  readonly shown: ReactNode;
}

function Marked({ paper, path, shown }: MarkedProps) {
  const difference = paper.differences.get(path);
  if (!difference) return shown;
  return (
    <span className="diff" title={`${difference.source}: ${settingText(difference.paper)}`}>
      {shown}
      <span className="sr-only">
        {' '}
        ({difference.source}: {settingText(difference.paper)})
      </span>
    </span>
  );
}
