/** Which parts of a recording its results depend on; the rest (values that a gradient saved and never used) is left out. */

import { valuesOf } from './in-place.ts';
import type { Recording, SymbolicTensor } from './recording.ts';

export interface LiveParts {
  /** Indices in rising order. */
  readonly operations: readonly number[];
  readonly constants: readonly number[];
}

export function liveParts(recording: Recording): LiveParts {
  const operations = new Set<number>();
  const constants = new Set<number>();
  const waiting: SymbolicTensor[] = [
    ...recording.newState,
    ...recording.fetches,
    ...recording.inPlace.flatMap(valuesOf),
  ];
  for (let tensor = waiting.pop(); tensor !== undefined; tensor = waiting.pop()) {
    const { source } = tensor;
    if (source.from === 'constant') {
      constants.add(source.index);
    } else if (source.from === 'operation' && !operations.has(source.index)) {
      operations.add(source.index);
      waiting.push(...recording.operations[source.index]!.inputs);
    }
  }
  const rising = (indices: Set<number>) => [...indices].sort((left, right) => left - right);
  return { operations: rising(operations), constants: rising(constants) };
}
