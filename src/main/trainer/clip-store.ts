import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createLogMel, logMelShape } from '../../shared/audio/log-mel.ts';
import { InnerloopError } from '../../shared/contract/errors.ts';
import type { AudioTrainerDataset, TrainerModel } from '../../shared/contract/trainer.ts';
import type { AudioLayout } from '../../shared/datasets/audio.ts';
import type { AudioTaskConfig, NetworkFineTuneRunConfig } from '../../shared/run-config/schema.ts';
import type { LabelledExample } from '../../shared/tasks/example-subsets.ts';
import { drawSplitSubsets } from '../../shared/tasks/split-subsets.ts';
import { fileError } from '../files/file-error.ts';
import { storedClips } from '../files/stored-clips.ts';
import type { DenseExamplesSource } from '../learning/fine-tuning/network-source.ts';
import { readSplits } from './example-splits.ts';
import { drawn, startOf } from './network-start.ts';

export interface LoadedClips {
  readonly source: DenseExamplesSource;
  /** The network's inputs of other waveforms, int16 [clips, samples] as the dataset stores them. */
  inputsOf(waveforms: Int16Array): Float32Array;
}

/**
 * The clips of a dataset as a network's inputs: log-mel bands [frames, bands, 1], each band with the mean and deviation
 * that it has in the clips that the run trains on, or the samples [samples, 1] with theirs.
 */
export async function loadClips(
  config: NetworkFineTuneRunConfig,
  task: AudioTaskConfig,
  dataset: AudioTrainerDataset,
  model: TrainerModel | null,
): Promise<LoadedClips> {
  const labels: number[] = [];
  for await (const { label } of storedClips(dataset.clipsFile)) labels.push(label);
  const waveforms = await readWaveforms(dataset);
  if (labels.length !== dataset.clips) throw changed(dataset, dataset.clipsFile);
  const splits = await readSplits(dataset, labels.length);
  const subsets = drawn(() => drawSplitSubsets(labels, splits, task, config.seed));
  const features = featuresOf(task, dataset.layout);
  const values = features.of(waveforms);
  const scale = bandScales(values, features, subsets.train);
  scale(values);
  return {
    source: {
      ...{ kind: 'audio-classes', shape: features.shape, values, labelNames: dataset.labels, subsets },
      ...{ start: await startOf(config, model), scales: null },
    },
    inputsOf: (others) => {
      const inputs = features.of(others);
      scale(inputs);
      return inputs;
    },
  };
}

interface Features {
  readonly shape: readonly number[];
  /** Numbers that lie side by side and are scaled each by its own statistics: bands, or 1. */
  readonly bands: number;
  /** [clips, ...shape] of int16 waveforms [clips, samples]. */
  of(waveforms: Int16Array): Float32Array;
}

function featuresOf(task: AudioTaskConfig, { rate, samples }: AudioLayout): Features {
  if (task.features === 'waveform') {
    const of = (waveforms: Int16Array) => Float32Array.from(waveforms, (value) => value / 0x8000);
    return { shape: [samples, 1], bands: 1, of };
  }
  const [frames, bands] = logMelShape(samples, rate, task.bands);
  const logMel = createLogMel(rate, bands);
  return {
    ...{ shape: [frames, bands, 1], bands },
    of: (waveforms) => {
      const clips = waveforms.length / samples;
      const values = new Float32Array(clips * frames * bands);
      for (let clip = 0; clip < clips; clip++) {
        values.set(logMel(waveforms.subarray(clip * samples, (clip + 1) * samples)), clip * frames * bands);
      }
      return values;
    },
  };
}

/** Scales values in place: (x - mean) / deviation, band by band, as they are in the training clips. */
function bandScales(
  values: Float32Array,
  { shape, bands }: Features,
  training: readonly LabelledExample[],
): (values: Float32Array) => void {
  const size = shape.reduce((product, length) => product * length, 1);
  const [sums, squares] = [new Float64Array(bands), new Float64Array(bands)];
  const each = (work: (value: number, band: number) => void): void => {
    for (const { example } of training) {
      for (let i = 0; i < size; i++) work(values[example * size + i]!, i % bands);
    }
  };
  each((value, band) => {
    sums[band]! += value;
  });
  const count = Math.max(1, (training.length * size) / bands);
  const means = sums.map((sum) => sum / count);
  each((value, band) => {
    squares[band]! += (value - means[band]!) ** 2;
  });
  const deviations = squares.map((square) => Math.sqrt(square / count) || 1);
  return (others) => {
    for (let i = 0; i < others.length; i++) {
      const band = i % bands; // every example is a whole number of bands
      others[i] = (others[i]! - means[band]!) / deviations[band]!;
    }
  };
}

async function readWaveforms(dataset: AudioTrainerDataset): Promise<Int16Array> {
  const { waveformsFile, clips, layout } = dataset;
  const bytes = await readFile(waveformsFile).catch((thrown: unknown) => {
    throw fileError(thrown, waveformsFile, 'read');
  });
  if (bytes.byteLength !== clips * layout.samples * 2) throw changed(dataset, waveformsFile);
  const own = new ArrayBuffer(bytes.byteLength); // begins at a multiple of two, as an Int16Array must
  new Uint8Array(own).set(bytes);
  return new Int16Array(own);
}

const changed = ({ name }: AudioTrainerDataset, path: string): InnerloopError =>
  new InnerloopError(
    'bad-file',
    `"${basename(path)}" of dataset "${name}" is not as long as its clips: the file was changed. Import the dataset again.`,
  );
