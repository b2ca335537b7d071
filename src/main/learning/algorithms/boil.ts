import { partialAdaptation } from './partial-adaptation.ts';

/**
 * Body Only update in Inner Loop: Oh, Yoo, Kim, Yun 2021, arXiv 2008.08882, section 3. The head's inner rate is zero,
 * so that the body must change its representation for each task.
 */
export const boil = partialAdaptation('body', 'Oh, Yoo, Kim, Yun 2021, arXiv 2008.08882');
