import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Probe } from '../../shared/contract/trainer.ts';
import type { Device } from './device.ts';
import { deviceName } from './device-name.ts';
import type { JobSetting } from './job.ts';

/** Loads TensorFlow and reports what `doctor` shows of it. */
export async function probeJob({ loadDevice, report, checkXla, writeGraph }: JobSetting): Promise<'probed'> {
  const device = await loadDevice();
  report({ type: 'probe', probe: await probeOf(device, checkXla(writeGraph)) });
  return 'probed';
}

async function probeOf(device: Device, xla: Probe['xla']): Promise<Probe> {
  return {
    tensorflow: device.libtensorflowVersion,
    flavour: device.device === 'gpu' || (await hasCudaLibraries()) ? 'gpu' : 'cpu',
    device: device.device,
    deviceName: await deviceName(device.device),
    xla,
    node: process.versions.node,
  };
}

/** The CUDA flavour of the library brings its own CUDA beside it, in `../nvidia`. */
async function hasCudaLibraries(): Promise<boolean> {
  const library = loadedLibraries().find((path) => path.includes('libtensorflow_framework'));
  if (library === undefined) return false;
  return (await readdir(join(dirname(library), '..'))).includes('nvidia');
}

function loadedLibraries(): readonly string[] {
  const report = process.report.getReport() as { readonly sharedObjects?: readonly string[] };
  return report.sharedObjects ?? [];
}
