/** The two ways in which a step can fail to become a graph. */

/** The step would be frozen wrongly: it reads values on the host or draws random numbers in JavaScript. A bug of the step. */
export class RecordingRefused extends Error {
  override readonly name = 'RecordingRefused';
}

/** The step is right but no fixed graph can say it; it can still run eagerly. */
export class NotExpressible extends Error {
  override readonly name = 'NotExpressible';
}

/**
 * An error that says what was refused and at which line of the step.
 * `entry` is the function through which tfjs came to us: frames above it are our own and of no interest.
 */
export function refuse(what: string, remedy: string, entry: (...inputs: never[]) => unknown): RecordingRefused {
  const place = callerPlace(entry);
  return new RecordingRefused(`${what} while the step was being recorded${place ? `, ${place}` : ''}. ${remedy}`);
}

/** `at name (file:line:column)` of the nearest stack frame outside tfjs. */
function callerPlace(entry: (...inputs: never[]) => unknown): string | undefined {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 60; // tfjs puts a dozen frames of its own between the step and an operation
  Error.captureStackTrace(holder, entry);
  Error.stackTraceLimit = limit;
  const frames = (holder.stack ?? '').split('\n').slice(1);
  return frames
    .map((frame) => frame.trim())
    .find((frame) => !/@tensorflow[\\/]|\btfjs-|\(node:|<anonymous>/.test(frame));
}
