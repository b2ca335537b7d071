import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { trainerEnvironment } from '../../src/main/files/tensorflow-env.ts';
import { type FromTrainer, fromTrainerSchema, type TrainerJob } from '../../src/shared/contract/trainer.ts';

const entry = join(import.meta.dirname, '../../src/main/trainer/index.ts');

export interface TrainerEnd {
  readonly messages: readonly FromTrainer[];
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** Starts the real trainer with a job and waits for its end; `onMessage` may kill it or send it messages. */
export async function runTrainer(
  job: TrainerJob,
  onMessage: (message: FromTrainer, child: ChildProcess) => void = () => undefined,
): Promise<TrainerEnd> {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, ...trainerEnvironment({ device: 'cpu', threads: 1 }) },
  });
  const messages: FromTrainer[] = [];
  child.on('message', (raw) => {
    const message = fromTrainerSchema.parse(raw);
    messages.push(message);
    if (message.type === 'ready') child.send({ type: 'start', job });
    onMessage(message, child);
  });
  const [exitCode, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return { messages, exitCode, signal };
}
