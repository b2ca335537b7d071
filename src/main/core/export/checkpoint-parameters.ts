import { readSafetensors } from '../../files/safetensors.ts';
import type { FileTensor } from '../../files/tensor-types.ts';

const prefix = 'parameter/';

/** The parameters of a checkpoint file under their own names, without the optimiser's slots and the state of the run. */
export async function checkpointParameters(path: string): Promise<ReadonlyMap<string, FileTensor>> {
  const { tensors } = await readSafetensors(path);
  const own = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(own.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}
