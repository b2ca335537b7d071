import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCheckpointFolder } from '../../src/main/trainer/checkpoint-folder.ts';
import { createInbox, type Inbox } from '../../src/main/trainer/inbox.ts';
import { runTraining, type TrainingOutcome } from '../../src/main/trainer/training-loop.ts';
import { type FromTrainer, fromTrainerSchema, type TrainJob } from '../../src/shared/contract/trainer.ts';
import { parseRunConfig } from '../../src/shared/run-config/complete.ts';
import type { RunConfig } from '../../src/shared/run-config/schema.ts';
import { createFakeLearner, type FakeLearnerHooks } from './fake-learner.ts';

export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'innerloop-trainer-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A short sinusoid run; `change` is merged over it. */
export function configOf(change: Record<string, unknown> = {}): RunConfig {
  const parsed = parseRunConfig({
    outer: { iterations: 40 },
    evaluation: { every: 10, episodes: 5, testSteps: 2, finalEpisodes: 8 },
    checkpoints: { every: 20 },
    ...change,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.config;
}

export interface TrainingRecord {
  readonly outcome: TrainingOutcome;
  readonly messages: readonly FromTrainer[];
}

export interface TrainingOptions extends FakeLearnerHooks {
  readonly config?: RunConfig;
  readonly folder: string;
  readonly resumeFrom?: string;
  readonly inbox?: Inbox;
  /** What the clock advances by at each look, ms. */
  readonly tickMs?: number;
  readonly onReport?: (message: FromTrainer) => void;
}

/** Runs the loop with the fake learner; every message is checked against the contract. */
export async function train(options: TrainingOptions): Promise<TrainingRecord> {
  const config = options.config ?? configOf();
  const messages: FromTrainer[] = [];
  let now = 0;
  const clock = () => {
    now += options.tickMs ?? 1;
    return now;
  };
  const job: TrainJob = {
    kind: 'train',
    runId: 'run-1',
    config,
    dataset: null,
    folder: options.folder,
    resumeFrom: options.resumeFrom ?? null,
    computeMs: 0,
    bestSoFar: null,
  };
  const outcome = await runTraining({
    job,
    learner: createFakeLearner(config, options),
    inbox: options.inbox ?? createInbox(),
    checkpoints: await openCheckpointFolder(options.folder, config, []),
    clock,
    usage: () => ({ memoryMb: 100, peakMb: 712, cpuPercent: 50 }),
    engineFacts: (facts) => ({ ...facts, device: 'cpu', deviceName: 'test', tensorflow: '0' }),
    report: (message) => {
      messages.push(fromTrainerSchema.parse(structuredClone(message)));
      options.onReport?.(message);
    },
  });
  return { outcome, messages };
}

/** All points of a key in the order in which they were reported. */
export function series(messages: readonly FromTrainer[], key: string): [number, number][] {
  return messages.flatMap((message) => (message.type === 'points' ? (message.points[key] ?? []) : []));
}

export function ofType<Type extends FromTrainer['type']>(
  messages: readonly FromTrainer[],
  type: Type,
): Extract<FromTrainer, { type: Type }>[] {
  return messages.filter((message): message is Extract<FromTrainer, { type: Type }> => message.type === type);
}
