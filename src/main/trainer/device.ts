/** Loads TensorFlow into this process. The environment (trainerEnvironment) must have been set by the parent. */

import util from 'node:util';

export interface Device {
  readonly device: 'cpu' | 'gpu';
  /** Version of tfjs-node, whose addon calls the library. */
  readonly tfjsVersion: string;
  readonly libtensorflowVersion: string;
}

/** tfjs-node 4.22 still calls two functions of `util` that Node has taken out or warns of. */
function restoreRemovedUtilities(): void {
  const utilities = util as unknown as Record<string, unknown>;
  utilities.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  utilities.isArray = Array.isArray;
}

/** Loads the native library and makes it tfjs's backend; throws when the addon is missing or cannot be loaded. */
export async function loadTensorFlow(): Promise<Device> {
  restoreRemovedUtilities();
  const loaded = await import('@tensorflow/tfjs-node-gpu');
  const tfjs = 'default' in loaded ? (loaded.default as typeof loaded) : loaded;
  const backend = tfjs.backend() as unknown as { isUsingGpuDevice: boolean; binding: { TF_Version: string } };
  return {
    device: backend.isUsingGpuDevice ? 'gpu' : 'cpu',
    tfjsVersion: tfjs.version['tfjs-node'],
    libtensorflowVersion: backend.binding.TF_Version,
  };
}
