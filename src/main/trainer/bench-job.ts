import type { BenchJob } from '../../shared/contract/trainer.ts';
import { describeEngine, type JobSetting, openDevice, openLearner, openSource } from './job.ts';
import { noiseFor, noiseImages } from './noise-images.ts';
import { timeLearner } from './timed-learner.ts';

/** Warming up takes this share of the measured time. */
const warmUpShare = 0.2;
const fewestCalls = 3;
/** Messages are let in and progress is told this often, between calls. */
const letInEveryMs = 250;

/** Measures the speed and the memory of a config's meta-iterations; any wish to end ends it without a result. */
export async function benchJob(job: BenchJob, setting: JobSetting): Promise<'measured' | 'stopped'> {
  const { config, images, seconds } = job;
  const { inbox, report, clock } = setting;
  report({ type: 'phase', phase: 'loading' });
  const device = await openDevice(setting, config);
  const describe = await describeEngine(device);
  const source = images === null ? await openSource(config, null) : noiseImages(images, noiseFor(config));
  const learner = openLearner(setting, config, source);
  try {
    report({ type: 'phase', phase: 'recording' });
    await inbox.letIn();
    const timed = timeLearner(learner, clock);
    report({ type: 'phase', phase: 'training' });
    let letInAt = clock();
    const between = (tell: (elapsedMs: number) => void) => async (elapsedMs: number) => {
      if (clock() - letInAt < letInEveryMs) return 'go on';
      letInAt = clock();
      tell(elapsedMs);
      await inbox.letIn();
      return inbox.ending() === null ? 'go on' : 'stop';
    };
    const total = seconds * 1000;
    const silent = between(() => undefined);
    if (!(await timed.measure({ forMs: total * warmUpShare, fewestCalls: 1, between: silent }))) return 'stopped';
    const telling = between((elapsedMs) => report({ type: 'progress', done: Math.min(elapsedMs, total), total }));
    const measured = await timed.measure({ forMs: total, fewestCalls, between: telling });
    if (!measured) return 'stopped';
    const peakMb = process.resourceUsage().maxRSS / 1024;
    report({
      type: 'measured',
      measurement: { ...measured, firstCallMs: timed.firstCallMs, peakMb, engine: describe(timed.facts) },
    });
    return 'measured';
  } finally {
    learner.dispose();
  }
}
