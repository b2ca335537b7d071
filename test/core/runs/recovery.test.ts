import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CoreContext } from '../../../src/main/core/context.ts';
import { commandLine, recover } from '../../../src/main/core/runs/recovery.ts';
import { putCheckpoint } from '../../../src/main/core/store/checkpoints.ts';
import { readLog } from '../../../src/main/core/store/log.ts';
import { openStore } from '../../../src/main/core/store/open-store.ts';
import { queueEntries, writeQueue } from '../../../src/main/core/store/queue-positions.ts';
import { getRun, updateRun } from '../../../src/main/core/store/runs.ts';
import { recordedTrainers, recordTrainer } from '../../../src/main/core/store/trainers.ts';
import { activeStates, runStates } from '../../../src/shared/runs/run.ts';
import { processGone } from '../../core-client/client-for-test.ts';
import { storedRun, temporaryHome } from '../store/store-for-test.ts';

function contextForTest(): CoreContext {
  const layout = temporaryHome();
  const store = openStore(layout, 1, 0);
  onTestFinished(() => store.close());
  return { db: store.db, layout, now: () => 500, announce: () => undefined };
}

function checkpointed(context: CoreContext, runId: string, iteration: number, there: 'file' | 'no file'): void {
  const folder = join(context.layout.runs, runId);
  mkdirSync(folder, { recursive: true });
  const file = `${iteration}.safetensors`;
  if (there === 'file') writeFileSync(join(folder, file), 'x');
  const rest = { createdAt: 1, bytes: 1, sha256: '', roles: ['periodic'] as ['periodic'], validation: null };
  putCheckpoint(context.db, { id: `${runId}-${iteration}`, runId, iteration, file, ...rest });
}

describe('start-up after a core that died', () => {
  it('calls runs that were active interrupted, and touches no other', () => {
    const context = contextForTest();
    for (const state of runStates) {
      storedRun(context.db, state);
      updateRun(context.db, state, { state, phase: 'training', etaMs: 5, iterationsPerSecond: 1, iteration: 30 });
    }
    checkpointed(context, 'running', 20, 'file');
    const { interrupted } = recover(context);
    expect([...interrupted].sort()).toEqual([...activeStates].sort());
    for (const state of runStates) {
      const active = activeStates.includes(state);
      expect(getRun(context.db, state)?.state).toBe(active ? 'interrupted' : state);
    }
    const run = getRun(context.db, 'running');
    expect(run).toMatchObject({ resumable: 'yes', phase: null, etaMs: null, iterationsPerSecond: null, endedAt: 500 });
    const lines = (id: string) => readLog(context.db, id, 0, 10).entries.map(({ message }) => message);
    expect(lines('running')).toEqual([expect.stringMatching(/can be resumed from iteration 20/)]);
    expect(lines('starting')).toEqual([expect.stringMatching(/no checkpoint/)]);
    expect(lines('completed')).toEqual([]);
    expect(recover(context).interrupted).toEqual([]);
  });

  it('forgets checkpoints whose files are gone, and says so in the log', () => {
    const context = contextForTest();
    storedRun(context.db, 'a');
    updateRun(context.db, 'a', { state: 'running' });
    checkpointed(context, 'a', 10, 'file');
    checkpointed(context, 'a', 20, 'no file');
    expect(recover(context).lostCheckpoints).toBe(1);
    const { entries } = readLog(context.db, 'a', 0, 10);
    expect(entries.map(({ message }) => message)).toEqual([
      'The file of the checkpoint at iteration 20 is gone.',
      expect.stringMatching(/resumed from iteration 10/),
    ]);
  });

  it('makes the queue hold exactly the queued runs, in their order', () => {
    const context = contextForTest();
    for (const id of ['a', 'b', 'c', 'd']) storedRun(context.db, id);
    updateRun(context.db, 'b', { state: 'completed' });
    writeQueue(context.db, [
      { runId: 'c', urgency: 'now' },
      { runId: 'b', urgency: 'queue' },
      { runId: 'a', urgency: 'queue' },
    ]);
    recover(context);
    expect(queueEntries(context.db)).toEqual(['c', 'a', 'd'].map((runId) => ({ runId, urgency: 'queue' })));
  });

  it('ends a trainer that outlived its core, and only when it is really ours', async () => {
    const context = contextForTest();
    const start = (token: string) => {
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', token], { stdio: 'ignore' });
      onTestFinished(() => void child.kill('SIGKILL'));
      return child.pid!;
    };
    const ours = start('token-a');
    const foreign = start('another-program');
    recordTrainer(context.db, { runId: 'a', pid: ours, token: 'token-a', startedAt: 1 });
    recordTrainer(context.db, { runId: 'b', pid: foreign, token: 'token-b', startedAt: 1 });
    recordTrainer(context.db, { runId: 'c', pid: 2 ** 22 - 1, token: 'token-c', startedAt: 1 });
    expect(recover(context).endedTrainers).toEqual([ours]);
    await processGone(ours);
    expect(commandLine(foreign)).toContain('another-program');
    expect(recordedTrainers(context.db)).toEqual([]);
  });
});
