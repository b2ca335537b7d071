import { basename, join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { NetworkShape } from '../../../shared/models/model.ts';
import { exampleShapeOf, headNames, type NetworkFile, networkFileSchema } from '../../../shared/models/network.ts';
import { networkSize } from '../../../shared/run-config/network-size.ts';
import { quoted } from '../../files/file-error.ts';
import { weightsFile } from '../../files/hugging-face-folder.ts';
import { readSafetensorsHeader } from '../../files/safetensors.ts';

export const isNetworkConfig = (config: Readonly<Record<string, unknown>>): boolean =>
  typeof config.format === 'string' && config.format.startsWith('innerloop-network');

/** Looks at the weights of one of the engine's own networks against its config.json. Throws `bad-file`. */
export async function inspectNetwork(folder: string, config: Readonly<Record<string, unknown>>): Promise<NetworkShape> {
  const parsed = networkFileSchema.safeParse(config);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw wrong(
      `"config.json" of ${quoted(basename(folder))} does not describe a network: ${where || 'its format'} is wrong.`,
    );
  }
  const { network, classes } = parsed.data;
  const { tensors } = await readSafetensorsHeader(join(folder, weightsFile));
  const [kernel] = headNames(network);
  const head = tensors.find(({ name }) => name === kernel)?.shape[1] ?? null;
  if (head !== classes) {
    throw wrong(
      `"${weightsFile}" does not fit config.json: its head tells ${head ?? 'no'} classes apart, not ${classes ?? 'none'}.`,
    );
  }
  const other = tensors.find(({ dtype }) => dtype !== 'F32');
  if (other)
    throw wrong(`${quoted(other.name)} in "${weightsFile}" is ${other.dtype}; the weights of a network are F32.`);
  const parameters = tensors.reduce((sum, { shape }) => sum + shape.reduce((all, side) => all * side, 1), 0);
  const example = shapeOf(parsed.data, folder);
  const size = networkSize(network, example, classes ?? 1);
  const headless = classes === null ? headSize(network, example) : 0;
  if (parameters !== size.parameters - headless) {
    throw wrong(
      `"${weightsFile}" does not fit config.json: it has ${parameters} weights, not ${size.parameters - headless}.`,
    );
  }
  const { format: _, ...facts } = parsed.data;
  return { kind: 'network', ...facts, parameters, precision: 'F32' };
}

function shapeOf(file: NetworkFile, folder: string): readonly number[] {
  try {
    return exampleShapeOf(file);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw wrong(`"config.json" of ${quoted(basename(folder))} does not describe a network: ${why}`);
  }
}

/** Weights of a head for one class: what two classes take more than one. */
const headSize = (network: NetworkShape['network'], example: readonly number[]): number =>
  networkSize(network, example, 2).parameters - networkSize(network, example, 1).parameters;

const wrong = (message: string): InnerloopError => new InnerloopError('bad-file', message);
