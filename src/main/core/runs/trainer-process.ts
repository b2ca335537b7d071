import { type ChildProcess, spawn } from 'node:child_process';
import { z } from 'zod';
import {
  type FromTrainer,
  fromTrainerSchema,
  type ToTrainer,
  type TrainerJob,
} from '../../../shared/contract/trainer.ts';
import { memoryKills } from './memory-kills.ts';
import type { TrainerExit } from './trainer-exit.ts';

/** What starting a trainer needs. */
export interface TrainerCommand {
  /** The Node that runs it. */
  readonly node: string;
  readonly entry: string;
  /** Added to the environment: what TensorFlow reads when it loads. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stands on the command line, so that the process can be recognised later. */
  readonly token: string;
}

export interface TrainerListener {
  /** Every valid message, in order; not after `onExit`. */
  onMessage(message: FromTrainer): void;
  /** Once. */
  onExit(exit: TrainerExit, stderrTail: string): void;
}

export interface TrainerProcess {
  /** undefined when it could not be started. */
  readonly pid: number | undefined;
  send(message: Exclude<ToTrainer, { readonly type: 'start' }>): void;
  /** Ends it by force, first politely: SIGTERM, after `politeMs` SIGKILL. `why` goes into the exit. */
  kill(why: string): void;
}

/** Time limits in milliseconds; tests shorten them. */
export interface TrainerPatience {
  /** From the start to `ready`: loading TensorFlow takes seconds, on a cold disk many. */
  readonly startMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly politeMs: number;
  /** From the last message to the exit. */
  readonly exitMs: number;
}
export const trainerPatience: TrainerPatience = { startMs: 120_000, politeMs: 5000, exitMs: 20_000 };

export type StartTrainer = (job: TrainerJob, command: TrainerCommand, listener: TrainerListener) => TrainerProcess;

const stderrTailLength = 8000;

/**
 * Starts one trainer process for one job. Its messages are validated; the exit is told with its reason. The process
 * stands in the core's own process group, and its channel closes when the core dies.
 */
export function startTrainer(
  job: TrainerJob,
  command: TrainerCommand,
  listener: TrainerListener,
  patience: TrainerPatience = trainerPatience,
): TrainerProcess {
  const killsBefore = memoryKills();
  const child = spawnTrainer(command);
  const tail = keepTail(child);
  const timers = new Set<NodeJS.Timeout>();
  const after = (ms: number, act: () => void): void => {
    timers.add(setTimeout(act, ms));
  };
  let lastWord: TrainerExit | null = null;
  let stage: 'starting' | 'working' | 'gone' = 'starting';

  const end = (word: TrainerExit): void => {
    lastWord ??= word;
    child.kill('SIGTERM');
    after(patience.politeMs, () => child.kill('SIGKILL'));
  };
  const gone = (exit: TrainerExit): void => {
    if (stage === 'gone') return;
    stage = 'gone';
    for (const timer of timers) clearTimeout(timer);
    listener.onExit(lastWord ?? exit, tail());
  };
  const receive = (raw: unknown): void => {
    if (lastWord !== null) return;
    const parsed = fromTrainerSchema.safeParse(raw);
    if (!parsed.success) {
      end({ kind: 'garbage', problem: z.prettifyError(parsed.error) });
      return;
    }
    const message = parsed.data;
    if (message.type === 'ready') {
      if (stage !== 'starting') return;
      stage = 'working';
      sendTo(child, { type: 'start', job });
      return;
    }
    if (message.type === 'end') lastWord = { kind: 'ended', outcome: message.outcome };
    if (message.type === 'failed') lastWord = { kind: 'failed', failure: message.failure };
    if (lastWord !== null) after(patience.exitMs, () => child.kill('SIGKILL'));
    else listener.onMessage(message);
  };

  child.on('message', receive);
  child.on('error', (error) => {
    if (child.pid === undefined) gone({ kind: 'never-started', problem: error.message });
  });
  // `close` comes after the last message and the last line of stderr were read; `exit` may come before.
  child.on('close', (code, signal) => gone(exitOf(code, signal, stage, killsBefore)));
  after(patience.startMs, () => {
    if (stage === 'starting') {
      end({ kind: 'never-started', problem: `it did not report within ${patience.startMs / 1000} s.` });
    }
  });
  return {
    pid: child.pid,
    send: (message) => sendTo(child, message),
    kill: (why) => {
      if (stage !== 'gone') end({ kind: 'killed', why });
    },
  };
}

const spawnTrainer = ({ node, entry, token, environment }: TrainerCommand): ChildProcess =>
  spawn(node, [entry, '--trainer', token], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    windowsHide: true,
    env: { ...process.env, ...environment },
  });

function exitOf(
  code: number | null,
  signal: string | null,
  stage: 'starting' | 'working' | 'gone',
  killsBefore: number | null,
): TrainerExit {
  if (signal !== null) {
    const killsNow = memoryKills();
    const grown = killsBefore !== null && killsNow !== null && killsNow > killsBefore;
    return { kind: 'signal', signal, memoryRanOut: signal === 'SIGKILL' && grown ? 'yes' : 'no' };
  }
  if (stage === 'starting') return { kind: 'never-started', problem: `it ended with exit code ${code}.` };
  return { kind: 'code', code: code ?? -1 };
}

/** A channel that closes meanwhile is no error: the exit that follows tells why. */
function sendTo(child: ChildProcess, message: ToTrainer): void {
  if (child.connected) child.send(message, (_closed) => undefined);
}

function keepTail(child: ChildProcess): () => string {
  let kept = '';
  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (chunk: string) => {
    kept = (kept + chunk).slice(-stderrTailLength);
  });
  return () => kept.trim();
}
