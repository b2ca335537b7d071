import type { Writable } from 'node:stream';

/** What a terminal's stream tells of itself beside being written to. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/**
 * Where a command speaks. With `--json` standard output carries nothing but the answer; without it people read there.
 * Progress and remarks always go to standard error.
 */
export interface Terminal {
  readonly format: 'people' | 'json';
  /** Columns that a table may take. */
  readonly width: number;
  /** A line for people: standard output, or standard error with `--json`. */
  say(text: string): void;
  /** A remark on standard error. */
  note(text: string): void;
  /** The command's one JSON value; nothing without `--json`. Call it once, at the end. */
  answer(value: unknown): void;
  /** The line that shows what goes on: in place on a terminal, a line now and then elsewhere. */
  status(text: string): void;
  /** Removes the status line. */
  clearStatus(): void;
}

export interface TerminalParts {
  readonly output: TerminalStream;
  readonly errors: TerminalStream;
  readonly format: 'people' | 'json';
  /** Milliseconds that only grow. */
  readonly clock: () => number;
}

/** Width of tables where no terminal tells: files and pipes are read in wide editors. */
const widthWithoutTerminal = 160;
const statusEveryMs = 10_000;
const eraseLine = '\r\u001b[2K';

export function createTerminal({ output, errors, format, clock }: TerminalParts): Terminal {
  const writeOut = quietWriter(output);
  const writeError = quietWriter(errors);
  const interactive = errors.isTTY === true;
  let statusShown = '';
  let statusAt = Number.NEGATIVE_INFINITY;

  const clearStatus = (): void => {
    if (statusShown !== '' && interactive) writeError(eraseLine);
    statusShown = '';
  };
  const print = (write: (text: string) => void, text: string): void => {
    const status = statusShown;
    clearStatus();
    write(`${text}\n`);
    if (status !== '' && interactive) {
      writeError(status);
      statusShown = status;
    }
  };
  return {
    format,
    width: output.columns ?? errors.columns ?? widthWithoutTerminal,
    say: (text) => print(format === 'json' ? writeError : writeOut, text),
    note: (text) => print(writeError, text),
    answer: (value) => {
      if (format === 'json') print(writeOut, JSON.stringify(value));
    },
    status: (text) => {
      if (interactive) {
        const fitting = text.slice(0, Math.max(0, (errors.columns ?? 80) - 1));
        if (fitting === statusShown) return;
        statusShown = fitting;
        writeError(`${eraseLine}${statusShown}`);
      } else if (clock() - statusAt >= statusEveryMs) {
        statusAt = clock();
        writeError(`${text}\n`);
      }
    },
    clearStatus,
  };
}

/** Writes until the reader has gone (`innerloop runs | head`): then the rest is not wanted, and the work goes on. */
function quietWriter(stream: Writable): (text: string) => void {
  let gone = false;
  stream.on('error', (thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'EPIPE' && thrown.code !== 'ERR_STREAM_DESTROYED') throw thrown;
    gone = true;
  });
  return (text) => {
    if (!gone) stream.write(text);
  };
}
