/** One loaded graph: runs its entry points on host values, with no native tensor left behind. */

import { SAVED_MODEL_TAG } from './graph-def.ts';
import type { NativeBinding, NativeTensor } from './native.ts';
import type { TensorValues } from './step.ts';
import type { EntryPoint } from './step-graph.ts';

export class GraphSession {
  private readonly binding: NativeBinding;
  private readonly id: number;

  private constructor(binding: NativeBinding, id: number) {
    this.binding = binding;
    this.id = id;
  }

  /** Throws TensorFlow's own sentence when it does not accept the graph in `folder`. */
  static load(binding: NativeBinding, folder: string): GraphSession {
    return new GraphSession(binding, binding.loadSavedModel(folder, SAVED_MODEL_TAG));
  }

  /** One native call; `values` must not change until it returns, and belong to the caller again afterwards. */
  run(entry: EntryPoint, values: readonly TensorValues[]): TensorValues[] {
    const { binding } = this;
    const { feedSpecs } = entry;
    const feeds: number[] = [];
    let fetched: NativeTensor[] = [];
    try {
      for (let i = 0; i < feedSpecs.length; i++) {
        const spec = feedSpecs[i]!;
        feeds.push(binding.createTensor(spec.shape, spec.dtype, values[i]!));
      }
      fetched = binding.runSavedModel(this.id, feeds, entry.feeds, entry.fetches);
      return fetched.slice(0, entry.fetchCount).map((tensor) => binding.tensorDataSync(tensor.id));
    } finally {
      for (const id of feeds) {
        binding.deleteTensor(id);
      }
      for (const { id } of fetched) {
        binding.deleteTensor(id);
      }
    }
  }

  dispose(): void {
    this.binding.deleteSavedModel(this.id);
  }
}
