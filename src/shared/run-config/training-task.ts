import type { EpisodeTaskConfig, MetaRunConfig } from './schema.ts';

/** The tasks to train on: those of evaluation, unless the algorithm trains with another way, shot or query. */
export function trainingTask({ algorithm, task }: Pick<MetaRunConfig, 'algorithm' | 'task'>): EpisodeTaskConfig {
  const shot = ('trainShot' in algorithm && algorithm.trainShot) || task.shot; // 0 is "as in evaluation"
  const query = ('trainQuery' in algorithm && algorithm.trainQuery) || task.query;
  if (task.kind !== 'image-classes') return { ...task, shot, query }; // its way is fixed
  return { ...task, way: ('trainWay' in algorithm && algorithm.trainWay) || task.way, shot, query };
}
