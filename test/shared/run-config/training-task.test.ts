import { describe, expect, it } from 'vitest';
import { trainingTask } from '../../../src/shared/run-config/training-task.ts';
import { imageConfig, sinusoidConfig } from '../../learning/learners.ts';

describe('the tasks to train on', () => {
  it('are those of evaluation where the algorithm says nothing', () => {
    const { task } = imageConfig();
    expect(trainingTask(imageConfig())).toEqual(task);
    expect(trainingTask(imageConfig({ algorithm: { kind: 'proto-net', trainWay: 0 } }))).toEqual(task);
  });

  it('have the way, shot and query that the algorithm asks for', () => {
    const wide = imageConfig({ algorithm: { kind: 'proto-net', trainWay: 20, trainQuery: 7 } });
    expect(trainingTask(wide)).toEqual({ ...wide.task, way: 20, query: 7 });
    const deep = imageConfig({ algorithm: { kind: 'reptile', trainShot: 10 } });
    expect(trainingTask(deep)).toEqual({ ...deep.task, shot: 10 });
    const waves = sinusoidConfig({ algorithm: { kind: 'reptile', trainShot: 50 } });
    expect(trainingTask(waves)).toEqual({ ...waves.task, shot: 50 });
  });
});
