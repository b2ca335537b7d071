import type { EventName, EventOf } from '../../shared/contract/events.ts';
import type { RequestName, RequestOf, ResponseOf } from '../../shared/contract/requests.ts';
import type { Terminal } from './terminal.ts';

/** 0 done · 1 the run or command failed · 2 the arguments or the config are wrong · 130 interrupted, state kept. */
export type ExitCode = 0 | 1 | 2 | 130;

/** What commands ask of the core, over the same requests as the window. */
export interface Core {
  request<Name extends RequestName>(name: Name, body: RequestOf<Name>): Promise<ResponseOf<Name>>;
}

/** Ctrl+C, and the wish of the system to end the program. */
export interface Interrupts {
  /** From now on the first Ctrl+C calls the listener instead of ending the program; returns the way to give it back. */
  take(listener: () => void): () => void;
}

/** Everything a command touches. */
export interface CliContext {
  readonly terminal: Terminal;
  /** Starts the core, or joins the one that holds the data folder, at the first call. */
  readonly core: () => Core;
  /** Listens to facts of the core; returns the way to end it. */
  readonly on: <Name extends EventName>(name: Name, listener: (body: EventOf<Name>) => void) => () => void;
  readonly interrupts: Interrupts;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Absolute path of the data folder. */
  readonly home: string;
  /** Folder in which the command was typed. */
  readonly cwd: string;
  /** Folder of the example configs; null when they were not shipped. */
  readonly examples: string | null;
}

export interface ArgumentSpec {
  /** As shown: `RUN`, `CONFIG.json`. */
  readonly name: string;
  readonly help: string;
  readonly count: 'one' | 'optional' | 'many';
}

export interface OptionSpec {
  /** Without the dashes. */
  readonly name: string;
  /** Word for the value, such as `N`; an option without one is a switch. */
  readonly value?: string;
  readonly help: string;
  /** The values that there are, when they are few. */
  readonly choices?: readonly string[];
  readonly repeats?: 'yes';
}

export interface Command {
  /** One or two words: `run`, `datasets import`. */
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** Command lines without the program's name. */
  readonly examples: readonly string[];
  /** Longer help under the options. */
  readonly details?: string;
  readonly run: (given: Given, context: CliContext) => Promise<ExitCode>;
}

/** Arguments and options as typed, checked against the command's own list. */
export interface Given {
  readonly positionals: readonly string[];
  /** The value of an option, the last one when it stands more than once. */
  text(option: string): string | undefined;
  /** All values of an option that repeats. */
  all(option: string): readonly string[];
  has(option: string): boolean;
  /** The value as a whole number within the limits; throws a UsageError for anything else. */
  wholeNumber(option: string, minimum: number, maximum: number): number | undefined;
}

/** The command line is wrong: exit code 2. `remedy` is a line of its own, such as "Did you mean ...?". */
export class UsageError extends Error {
  readonly remedy: string | null;

  constructor(message: string, remedy: string | null = null) {
    super(message);
    this.name = 'UsageError';
    this.remedy = remedy;
  }
}
