import type { Asked, ToTrainer } from '../../shared/contract/trainer.ts';

/**
 * How a job was asked to end: `pause` saves and goes, `finish` evaluates and saves first, `now` goes at once.
 * `parent-gone`: nobody listens any more; save and go.
 */
export type Ending = 'pause' | 'finish' | 'now' | 'parent-gone';

export interface Question {
  readonly question: number;
  readonly asked: Asked;
}

/** What the parent asked for while a native call was running; looked at between calls. */
export interface Inbox {
  /** The latest wish to end, or null. `parent-gone` is never taken back. */
  readonly ending: () => Ending | null;
  /** Whether a checkpoint was asked for since the last call. */
  readonly takeCheckpointWish: () => 'wanted' | 'none';
  /** Gives waiting messages their turn on the event loop. */
  readonly letIn: () => Promise<void>;
  /** The question that has waited longest, or the next that comes; null once an end is wished. */
  readonly nextQuestion: () => Promise<Question | null>;
  readonly receive: (message: Exclude<ToTrainer, { readonly type: 'start' }>) => void;
  readonly parentGone: () => void;
}

export function createInbox(): Inbox {
  let ending: Ending | null = null;
  let checkpointWish: 'wanted' | 'none' = 'none';
  const questions: Question[] = [];
  let wake = (): void => undefined;
  return {
    ending: () => ending,
    takeCheckpointWish: () => {
      const wish = checkpointWish;
      checkpointWish = 'none';
      return wish;
    },
    // Two turns: the first lets the channel be read, the second lets what it scheduled run.
    letIn: async () => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
    nextQuestion: async () => {
      while (ending === null && questions.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return ending === null ? questions.shift()! : null;
    },
    receive: (message) => {
      if (message.type === 'checkpoint') checkpointWish = 'wanted';
      else if (message.type === 'ask') questions.push(message);
      else if (ending !== 'parent-gone') ending = message.type === 'pause' ? 'pause' : message.how;
      wake();
    },
    parentGone: () => {
      ending = 'parent-gone';
      wake();
    },
  };
}
