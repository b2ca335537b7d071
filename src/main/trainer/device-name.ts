import { readdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** What the driver of NVIDIA cards says of them on Linux: a folder for each, with a line "Model: NVIDIA H100". */
const nvidiaFolder = '/proc/driver/nvidia/gpus';

/** The processor's or the first card's own name; "GPU" where the system tells none. */
export async function deviceName(device: 'cpu' | 'gpu'): Promise<string> {
  return device === 'cpu' ? processorName() : ((await cardName()) ?? 'GPU');
}

function processorName(): string {
  const processors = cpus();
  const model = processors[0]?.model.replace(/\s+/g, ' ').trim();
  return model ? `${model}, ${processors.length} threads` : 'CPU';
}

async function cardName(): Promise<string | null> {
  try {
    const [first] = (await readdir(nvidiaFolder)).sort();
    if (first === undefined) return null;
    const information = await readFile(join(nvidiaFolder, first, 'information'), 'utf8');
    return /^Model:\s*(.+)$/m.exec(information)?.[1]?.trim() ?? null;
  } catch (thrown) {
    if ((thrown as { readonly code?: unknown }).code === undefined) throw thrown;
    return null; // another system, or a driver that lists nothing
  }
}
