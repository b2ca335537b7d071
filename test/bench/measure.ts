/** Runs one workload on one engine in this process and prints what it took as JSON; arguments: their places in the list. */

import { createMetaLearner } from '../../src/main/learning/meta-learner.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import { writeGraphFolder } from '../../src/main/trainer/graph-folder.ts';
import { sourceFor, workloads } from './workloads.ts';

export interface Measurement {
  readonly medianMs: number;
  readonly fastestMs: number;
  /** Recording, loading and the first call. */
  readonly prepareMs: number;
  readonly peakMegabytes: number;
  readonly reason: string | null;
  readonly tensorflow: string;
}

const [workload, engine] = chosen();
const device = await loadTensorFlow();
const config = workload.config(engine);
const learner = createMetaLearner({ config, source: sourceFor(config), writeGraph: writeGraphFolder });
const started = performance.now();
const facts = learner.prepareTraining();
learner.trainCall();
const prepareMs = performance.now() - started;
const eagerShare = engine.mode === 'eager' ? 0.1 : 1;
const perIteration = timeCalls(Math.max(5, Math.ceil(workload.iterations * eagerShare)));
perIteration.sort((left, right) => left - right);
const measurement: Measurement = {
  medianMs: perIteration[Math.floor(perIteration.length / 2)]!,
  fastestMs: perIteration[0]!,
  prepareMs,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  reason: facts.reason,
  tensorflow: device.libtensorflowVersion,
};
console.log(JSON.stringify(measurement));

/** Milliseconds per meta-iteration of each call after a short warm-up. */
function timeCalls(iterations: number): number[] {
  const times: number[] = [];
  const warmUp = Math.ceil(iterations * 0.1);
  for (let done = 0; done < warmUp + iterations; ) {
    const before = performance.now();
    const steps = learner.trainCall().length;
    if (done >= warmUp) {
      times.push((performance.now() - before) / steps);
    }
    done += steps;
  }
  return times;
}

function chosen() {
  const [workloadIndex, engineIndex] = process.argv.slice(2).map(Number) as [number, number];
  const own = workloads[workloadIndex]!;
  return [own, own.engines[engineIndex]!] as const;
}
