import { toRequestError } from '../../shared/contract/errors.ts';
import type { ToTrainer, TrainerJob } from '../../shared/contract/trainer.ts';
import { createLearner } from '../learning/meta-learner.ts';
import { loadTensorFlow } from './device.ts';
import { writeGraphFolder } from './graph-folder.ts';
import { createInbox } from './inbox.ts';
import { openParentChannel, type ParentChannel } from './parent-channel.ts';
import { runJob } from './run-job.ts';
import { checkXla } from './xla-check.ts';

/**
 * The trainer process: says `ready`, waits for one job, does it, exits. The core that started it talks over the
 * channel; when that closes, the job saves a checkpoint and ends by itself, so that no orphan goes on computing.
 */
function main(): void {
  const inbox = createInbox();
  let job: TrainerJob | null = null;

  const channel = openParentChannel({
    onMessage: (message) => receive(message),
    onInvalid: (sentence) => {
      if (job) channel?.report({ type: 'log', level: 'error', message: sentence });
      else fail(channel, new Error(sentence));
    },
    onGone: () => {
      if (job) inbox.parentGone();
      else process.exit(0);
    },
  });
  if (!channel) {
    process.stderr.write('The trainer is started by the core of Innerloop, not by hand.\n');
    process.exitCode = 2;
    return;
  }

  const receive = (message: ToTrainer): void => {
    if (message.type !== 'start') inbox.receive(message);
    else if (job) channel.report({ type: 'log', level: 'error', message: 'A second start was ignored.' });
    else {
      job = message.job;
      void start(job);
    }
  };
  const start = async (started: TrainerJob): Promise<void> => {
    const setting = {
      inbox,
      report: channel.report,
      clock: () => performance.now(),
      loadDevice: loadTensorFlow,
      createLearner,
      writeGraph: writeGraphFolder,
      checkXla,
    };
    const exitCode = await runJob(started, setting);
    await channel.reported();
    process.exit(exitCode); // TensorFlow's threads would keep the process alive
  };

  process.on('uncaughtException', (thrown) => fail(channel, thrown));
  process.on('unhandledRejection', (thrown) => fail(channel, thrown));
  // Ctrl+C in a terminal reaches the whole process group; what it means is for the terminal's program to decide.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => (job ? inbox.parentGone() : process.exit(0)));
  channel.report({ type: 'ready' });
}

function fail(channel: ParentChannel | null, thrown: unknown): void {
  const { code, message, detail } = toRequestError(thrown);
  channel?.report({ type: 'failed', failure: { code, message, detail } });
  void (channel?.reported() ?? Promise.resolve()).then(() => process.exit(1));
}

main();
