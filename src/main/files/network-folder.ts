import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { type NetworkFile, networkFileSchema } from '../../shared/models/network.ts';
import { fileError, quoted } from './file-error.ts';
import { asFloat32 } from './float-widening.ts';
import { type EncoderTensor, weightsFile } from './hugging-face-folder.ts';
import { readSafetensors } from './safetensors.ts';

export interface NetworkFolder {
  readonly facts: NetworkFile;
  /** By the names of the network's parameters. */
  readonly tensors: ReadonlyMap<string, EncoderTensor>;
}

/** One of the engine's own networks as the library keeps it; throws `bad-file` with what is wrong. */
export async function readNetworkFolder(folder: string): Promise<NetworkFolder> {
  const path = join(folder, 'config.json');
  let config: unknown;
  try {
    config = JSON.parse(await readFile(path, 'utf8'));
  } catch (thrown) {
    throw fileError(thrown, path, 'read');
  }
  const facts = networkFileSchema.safeParse(config);
  if (!facts.success) {
    const message = `"config.json" of ${quoted(basename(folder))} does not describe a network.`;
    throw new InnerloopError('bad-file', message, { cause: facts.error });
  }
  const { tensors } = await readSafetensors(join(folder, weightsFile));
  const floats = new Map<string, EncoderTensor>();
  for (const [name, tensor] of tensors) {
    const values = asFloat32(tensor);
    if (values !== null) floats.set(name, { shape: tensor.shape, values });
  }
  return { facts: facts.data, tensors: floats };
}
