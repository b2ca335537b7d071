import { join } from 'node:path';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { writeSafetensors } from '../../files/safetensors.ts';
import type { StoredCheckpoint } from '../store/checkpoints.ts';
import { checkpointParameters } from './checkpoint-parameters.ts';

/** `model.safetensors`: the parameters of a checkpoint, and in its metadata which run and iteration they are of. */
export async function writeParameters(
  folder: string,
  {
    run,
    checkpoint,
    checkpointFile,
  }: { readonly run: RunSummary; readonly checkpoint: StoredCheckpoint; readonly checkpointFile: string },
): Promise<void> {
  const metadata = {
    format: 'pt', // row-major as PyTorch's; readers of the ecosystem ask for it
    innerloop: 'parameters-1',
    run: run.id,
    name: run.name,
    iteration: String(checkpoint.iteration),
    config: JSON.stringify(run.config),
  };
  await writeSafetensors(
    join(folder, 'model.safetensors'),
    await checkpointParameters(checkpointFile),
    new Map(Object.entries(metadata)),
  );
}
