import type { EngineFacts } from '../../shared/runs/run.ts';
import { count, gigabytes, significant, withInterval } from '../../shared/text/number-words.ts';
import type { EvaluationOutcome, IterationMetrics } from '../learning/meta-learner.ts';

/** The trainer's log lines: facts separated by middle dots, each number with its unit. */

export function iterationLine(metrics: IterationMetrics, iterationsPerSecond: number | null): string {
  return joined([
    `iteration ${count(metrics.iteration)}`,
    `loss ${significant(metrics.loss)}`,
    metrics.accuracy === null ? null : `query acc ${percent(metrics.accuracy)}`,
    iterationsPerSecond === null ? null : `${significant(iterationsPerSecond)} it/s`,
  ]);
}

/** `what` begins the line: "validation at 38,000". */
export function evaluationLine(what: string, outcome: EvaluationOutcome, steps: number, elapsedMs: number): string {
  return joined([
    `${what}: ${measured(outcome)}`,
    ...(outcome.predictions
      ? [`${count(outcome.episodes)} examples`]
      : [
          `${count(outcome.episodes)} ${outcome.episodes === 1 ? 'episode' : 'episodes'}`,
          `after ${count(steps)} inner ${steps === 1 ? 'step' : 'steps'}`,
        ]),
    seconds(elapsedMs),
  ]);
}

export function checkpointLine(
  checkpoint: { readonly iteration: number; readonly bytes: number; readonly roles: readonly string[] },
  elapsedMs: number,
): string {
  const best = checkpoint.roles.includes('best') ? ', best so far' : '';
  return joined([`checkpoint ${count(checkpoint.iteration)}${best}`, megabytes(checkpoint.bytes), seconds(elapsedMs)]);
}

export function engineLine(engine: EngineFacts): string {
  const steps = engine.stepsPerCall === 1 ? '1 step a call' : `${engine.stepsPerCall} steps a call`;
  return joined([
    engine.mode === 'compiled'
      ? `compiled graph of ${count(engine.operations)} operations in ${seconds(engine.recordMs)}`
      : `eager operations${engine.reason === null ? '' : `: ${engine.reason}`}`,
    `tasks ${engine.taskBatching}`,
    steps,
    `XLA ${engine.xla}`,
    `${count(engine.parameters)} parameters`,
    `${engine.device.toUpperCase()} ${engine.deviceName}`,
    `TensorFlow ${engine.tensorflow}`,
  ]);
}

/** Largest resident size of the trainer, in 10^6 bytes. */
export const peakLine = (peakMb: number): string => `peak memory ${gigabytes(peakMb * 1e6)}`;

function measured(outcome: EvaluationOutcome): string {
  return outcome.metric === 'accuracy'
    ? `${(outcome.mean * 100).toFixed(1)} ± ${percent(outcome.ci95)}`
    : `loss ${withInterval(outcome.mean, outcome.ci95)}`;
}

const joined = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(' · ');

const percent = (fraction: number): string => `${(fraction * 100).toFixed(1)} %`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e5 ? 3 : 1)} MB`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 1000 ? 2 : 1)} s`;
