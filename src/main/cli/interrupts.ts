import type { Interrupts } from './command.ts';

/** Where signals come in and commands take them. */
export interface InterruptSwitch extends Interrupts {
  /** Resolves to 130 at a Ctrl+C that no command has taken: the command is left, and its core let go in order. */
  readonly untaken: Promise<130>;
  /** A Ctrl+C has come; the second ends the program at once. */
  interrupt(): void;
}

export function createInterrupts(endAtOnce: () => void): InterruptSwitch {
  let taken: (() => void) | null = null;
  let seen = 0;
  let leave: (code: 130) => void = () => undefined;
  const untaken = new Promise<130>((resolve) => {
    leave = resolve;
  });
  return {
    untaken,
    take: (listener) => {
      taken = listener;
      return () => {
        if (taken === listener) taken = null;
      };
    },
    interrupt: () => {
      seen += 1;
      if (seen > 1) endAtOnce();
      else if (taken) taken();
      else leave(130);
    },
  };
}
