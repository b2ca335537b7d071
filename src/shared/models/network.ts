import { z } from 'zod';
import { logMelShape } from '../audio/log-mel.ts';
import { pixelLayoutSchema } from '../datasets/dataset.ts';
import type { TableColumn } from '../datasets/table.ts';
import { modelName } from '../run-config/model-facts.ts';
import type { NetworkConfig, RunConfig } from '../run-config/schema.ts';
import { tableInputSize } from '../tables/table-inputs.ts';
import { type NetworkExamples, type NetworkShape, networkConfigSchema, networkExamplesSchema } from './model.ts';

/** config.json of one of the engine's own networks, whose weights lie in model.safetensors beside it. */
export const networkFileSchema = z.object({
  format: z.literal('innerloop-network-1'),
  network: networkConfigSchema,
  /** null for a network of rows or clips. */
  image: pixelLayoutSchema.nullable(),
  /** Of a network of rows or clips. */
  examples: networkExamplesSchema.optional(),
  /** Kind of the algorithm that it was learned by. */
  learnedBy: z.string().min(1).max(100),
  /** Classes that its head tells apart; null for a network without one. */
  classes: z.number().int().min(1).nullable(),
  /** Their names, where they are always the same. */
  labels: z.array(z.string()).nullable(),
});
export type NetworkFile = z.infer<typeof networkFileSchema>;

/** Names of the kernel and the bias of a network's head. */
export const headNames = (network: NetworkConfig): readonly [kernel: string, bias: string] => {
  const head = network.kind === 'mlp' ? `dense${network.hidden.length + 1}` : 'head';
  return [`${head}/kernel`, `${head}/bias`];
};

/** Fields that decide a network's weights; batch norm has no weights of its own kind, and a first draw does not matter. */
const sizes = ['hidden', 'activation', 'filters', 'downsampling', 'widths', 'blocks', 'filterLength'] as const;

export interface StartMismatch {
  readonly path: string;
  readonly message: string;
  readonly allowed: string;
  readonly nearest?: string | number;
}

/** Where the network of a run is another than that of the model which it begins with: at most one error a field. */
export function networkMismatches(
  { model }: Pick<RunConfig, 'model'>,
  start: { readonly name: string; readonly shape: NetworkShape },
): readonly StartMismatch[] {
  const { network } = start.shape;
  if (model.kind !== network.kind) {
    const message = `model.kind is ${model.kind}, but the model "${start.name}" is a ${modelName(network)}.`;
    return [{ path: 'model.kind', message, allowed: network.kind, nearest: network.kind }];
  }
  const [given, wanted] = [model, network] as readonly Readonly<Record<string, unknown>>[];
  return sizes.flatMap((field) => {
    const [mine, its] = [given![field], wanted![field]];
    if (JSON.stringify(mine) === JSON.stringify(its)) return [];
    const path = `model.${field}`;
    const message = `${path} is ${words(mine)}, but the model "${start.name}" has ${words(its)}.`;
    const nearest = typeof its === 'number' || typeof its === 'string' ? { nearest: its } : {};
    return [{ path, message, allowed: words(its), ...nearest }];
  });
}

const words = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));

type Reads = Pick<NetworkShape, 'image' | 'examples'>;

/** Shape of an example that a network was made for; throws where nothing says it. */
export function exampleShapeOf({ image, examples }: Reads): readonly number[] {
  if (image !== null) return [image.height, image.width, image.channels];
  switch (examples?.kind) {
    case 'table-classes':
      return [tableInputSize(examples.columns)];
    case 'audio-classes':
      return clipShape(examples);
    default:
      throw new Error('config.json says neither the images nor the rows or clips that the network reads.');
  }
}

const clipShape = ({ layout, features, bands }: Extract<NetworkExamples, { readonly kind: 'audio-classes' }>) =>
  features === 'waveform' ? [layout.samples, 1] : [...logMelShape(layout.samples, layout.rate, bands), 1];

/** "images of 28 x 28, one channel", "rows of 4 columns", "clips of 1 s at 16,000 Hz". */
export function readsWords({ image, examples }: Reads): string {
  if (image !== null) {
    const channels = image.channels === 1 ? 'one channel' : `${image.channels} channels`;
    return `images of ${image.width} x ${image.height}, ${channels}`;
  }
  if (examples?.kind === 'table-classes') return `rows of ${examples.columns.length} columns`;
  if (examples?.kind !== 'audio-classes') return 'unknown examples';
  const { layout, features, bands } = examples;
  const seconds = Number((layout.samples / layout.rate).toPrecision(3));
  const as = features === 'waveform' ? 'as waveforms' : `as ${bands} log-mel bands`;
  return `clips of ${seconds} s at ${layout.rate.toLocaleString('en')} Hz, ${as}`;
}

/** Networks that give a head of one size whatever the size of their examples. */
const anySize = (network: NetworkConfig): boolean =>
  network.kind === 'resnet12' ||
  network.kind === 'cnn1d' ||
  (network.kind === 'conv4' && network.downsampling === 'stride');

/** A start that was made for other rows or clips than these; null where its network takes them. */
export function examplesMismatch({ network, examples }: NetworkShape, given: NetworkExamples): string | null {
  if (examples?.kind !== given.kind) {
    return `it reads no ${given.kind === 'table-classes' ? 'rows of a table' : 'clips of sound'}`;
  }
  if (examples.kind === 'table-classes' && given.kind === 'table-classes') {
    const different = given.columns.find((column, at) => inputWords(column) !== inputWords(examples.columns[at]));
    if (different) return `its inputs have no column "${different.name}" like that of this table at the same place`;
    return given.columns.length === examples.columns.length
      ? null
      : `it was made for ${examples.columns.length} columns, and these are ${given.columns.length}`;
  }
  if (examples.kind !== 'audio-classes' || given.kind !== 'audio-classes') return null;
  const heard = (of: typeof given): string =>
    `${of.layout.rate} Hz as ${of.features === 'waveform' ? 'waveforms' : `${of.bands} bands`}${anySize(network) ? '' : ` of ${of.layout.samples} samples`}`;
  const [its, these] = [heard(examples), heard(given)];
  return its === these ? null : `it was made for clips of ${its}, and these are of ${these}`;
}

/** All that a column's inputs depend on. */
const inputWords = (column: TableColumn | undefined): string =>
  JSON.stringify(
    column && [
      column.name,
      column.kind,
      column.kind === 'category' ? column.categories : column.missing > 0 ? 'with gaps' : 'whole',
    ],
  );

/** A start that was made for other images than these; null where its network takes them. */
export function imageMismatch(
  { network, image }: NetworkShape,
  layout: { readonly width: number; readonly height: number; readonly channels: number },
): string | null {
  if (image === null) return 'it reads no images';
  const same = image.width === layout.width && image.height === layout.height;
  if (image.channels === layout.channels && (same || (anySize(network) && network.kind !== 'cnn1d'))) return null;
  const size = (of: typeof layout): string =>
    `${of.width} x ${of.height} with ${of.channels === 1 ? 'one channel' : `${of.channels} channels`}`;
  return `it was made for images of ${size(image)}, and these are ${size(layout)}`;
}
