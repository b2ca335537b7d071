/** One row of our own engine in a process of its own, asked like the peers. Argument: the row as JSON. */

import { createMetaLearner } from '../../src/main/learning/meta-learner.ts';
import type { TaskSource } from '../../src/main/learning/tasks/task-source.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import { writeGraphFolder } from '../../src/main/trainer/graph-folder.ts';
import { noiseImages } from '../../src/main/trainer/noise-images.ts';
import { benchConfig, benchRowSchema, workloadFacts } from '../../src/shared/bench/workloads.ts';
import { answerWindows, peakMb } from './answer-windows.ts';

const row = benchRowSchema.parse(JSON.parse(process.argv[2] ?? ''));
const config = benchConfig(row);
const { images } = workloadFacts[row.workload];
const { libtensorflowVersion } = await loadTensorFlow();
const beforeMb = peakMb();
const source: TaskSource = images === null ? { kind: 'sinusoid' } : noiseImages(images);
const learner = createMetaLearner({ config, source, writeGraph: writeGraphFolder });
await answerWindows({ learner, beforeMb, libtensorflowVersion });
