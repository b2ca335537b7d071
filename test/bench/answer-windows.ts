import { createInterface } from 'node:readline';
import type { MetaLearner } from '../../src/main/learning/meta-learner.ts';
import { type TimedWindow, timeLearner } from '../../src/main/trainer/timed-learner.ts';
import type { FirstCall, Window } from './measured-process.ts';

export interface Answering {
  readonly learner: MetaLearner;
  /** Largest resident size before the learner was made, 2^20 bytes. */
  readonly beforeMb: number;
  readonly libtensorflowVersion: string;
}

/** Answers as the peers do (peers/measure.py): the first call, then a window for each line of seconds; ends the process. */
export async function answerWindows({ learner, beforeMb, libtensorflowVersion }: Answering): Promise<never> {
  const timed = timeLearner(learner, () => performance.now());
  const { mode, xla, taskBatching, stepsPerCall, reason, parameters } = timed.facts;
  say({
    firstCallMs: timed.firstCallMs,
    beforeMb,
    parameters,
    stepsPerCall,
    versions: { TensorFlow: libtensorflowVersion, Node: process.versions.node },
    note: `${mode}, XLA ${xla}, tasks ${taskBatching}${reason === null ? '' : `: ${reason}`}`,
  } satisfies FirstCall);
  for await (const line of createInterface({ input: process.stdin })) {
    const cpu = process.cpuUsage();
    const window: TimedWindow = { forMs: Number(line) * 1000, fewestCalls: 1, between: async () => 'go on' };
    const { msPerStep, fastestMs, steps } = (await timed.measure(window))!;
    const { user, system } = process.cpuUsage(cpu);
    say({ msPerStep, fastestMs, steps, peakMb: peakMb(), cpuSeconds: (user + system) / 1e6 } satisfies Window);
  }
  process.exit(0); // TensorFlow's threads would keep the process alive
}

function say(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Largest resident size of this process so far, 2^20 bytes. */
export const peakMb = (): number => process.resourceUsage().maxRSS / 1024;
