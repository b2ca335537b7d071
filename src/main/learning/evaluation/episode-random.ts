import { createRandom, type Random } from '../../../shared/random/random.ts';
import type { EpisodeSplit } from '../tasks/task-source.ts';

/** The generator of test episode `index` (from 0): depends on nothing but its arguments. */
export const episodeRandom = (episodeSeed: number, split: EpisodeSplit, index: number): Random =>
  createRandom(episodeSeed, `${split}-episodes`).stream(String(index));
