import { partialAdaptation } from './partial-adaptation.ts';

/**
 * Almost No Inner Loop: Raghu, Raghu, Bengio, Vinyals 2020, arXiv 1909.09157, section 4.1. Only the head adapts:
 * theta_m = (theta_1, ..., theta_l - alpha grad_{theta_l} L_support), in training and in test.
 */
export const anil = partialAdaptation('head', 'Raghu, Raghu, Bengio, Vinyals 2020, arXiv 1909.09157');
