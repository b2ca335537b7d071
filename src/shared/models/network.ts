import { z } from 'zod';
import { pixelLayoutSchema } from '../datasets/dataset.ts';
import { modelName } from '../run-config/model-facts.ts';
import type { NetworkConfig, RunConfig } from '../run-config/schema.ts';
import { type NetworkShape, networkConfigSchema } from './model.ts';

/** config.json of one of the engine's own networks, whose weights lie in model.safetensors beside it. */
export const networkFileSchema = z.object({
  format: z.literal('innerloop-network-1'),
  network: networkConfigSchema,
  image: pixelLayoutSchema,
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

/** A start that was made for other images than these; null where its network takes them. */
export function imageMismatch(
  { network, image }: NetworkShape,
  layout: { readonly width: number; readonly height: number; readonly channels: number },
): string | null {
  const same = image.width === layout.width && image.height === layout.height;
  const anySize = network.kind === 'resnet12' || (network.kind === 'conv4' && network.downsampling === 'stride');
  if (image.channels === layout.channels && (same || anySize)) return null;
  const size = (of: typeof layout): string =>
    `${of.width} x ${of.height} with ${of.channels === 1 ? 'one channel' : `${of.channels} channels`}`;
  return `it was made for images of ${size(image)}, and these are ${size(layout)}`;
}
