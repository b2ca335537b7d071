/** Trains a config for a few calls in this process, evaluates, and prints the peak of its resident size in bytes. */

import { createMetaLearner } from '../../src/main/learning/meta-learner.ts';
import type { ImageTaskSource, TaskSource } from '../../src/main/learning/tasks/task-source.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import { writeGraphFolder } from '../../src/main/trainer/graph-folder.ts';
import type { MetaRunConfig } from '../../src/shared/run-config/schema.ts';
import { grayImages } from './peak-images.ts';

const config = JSON.parse(process.argv[2]!) as MetaRunConfig;
await loadTensorFlow();
const learner = createMetaLearner({ config, source: sourceFor(config), writeGraph: writeGraphFolder });
learner.prepareTraining();
for (let call = 0; call < 3; call++) learner.trainCall();
const { testSteps, episodeSeed } = config.evaluation;
await learner.evaluate({ split: 'validation', episodes: 4, episodeSeed, steps: testSteps });
learner.state();
console.log(process.resourceUsage().maxRSS * 1024);

function sourceFor({ task }: MetaRunConfig): TaskSource {
  return task.kind === 'image-classes' ? (grayImages() satisfies ImageTaskSource) : { kind: 'sinusoid' };
}
