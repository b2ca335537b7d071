/** What lies where in the state of a classifier's graph. */

import type { TensorSpec } from '../named-tensor.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { ClassifierState } from './classifier-state.ts';
import type { FineTuneSettings } from './settings.ts';

interface LaidOut {
  readonly state: Pick<ClassifierState, 'trained' | 'frozen'>;
  readonly optimizer: Optimizer;
  readonly settings: Pick<FineTuneSettings, 'accumulate'>;
}

export interface StateLayout {
  /** All tensors, in order: what is trained, the optimiser's slots, sums of gradients, what is frozen. */
  readonly specs: readonly TensorSpec[];
  readonly trained: number;
  /** Places of the first slot, the first sum and the first frozen tensor. */
  readonly firstSlot: number;
  readonly firstSum: number;
  readonly firstFrozen: number;
}

/** A graph that only predicts has no slots; sums of gradients are there when several batches make a step. */
export function stateLayout({ state, optimizer, settings }: LaidOut, purpose: 'train' | 'predict'): StateLayout {
  const { trained, frozen } = state;
  const slots = purpose === 'train' ? optimizer.slots(trained) : [];
  const sums = purpose === 'train' && settings.accumulate > 1 ? trained : [];
  const firstSum = trained.length + slots.length;
  return {
    specs: [...trained, ...slots, ...sums, ...frozen],
    ...{ trained: trained.length, firstSlot: trained.length, firstSum, firstFrozen: firstSum + sums.length },
  };
}
