import { createReporter, type Reporter } from '../../scripts/setup/reporter.mjs';

/** A reporter that keeps what it was told to say. */
export function recordingReporter(): { readonly report: Reporter; readonly text: () => string } {
  let text = '';
  const stream = {
    write: (more: string) => {
      text += more;
    },
  };
  return { report: createReporter({ stream, quiet: false, now: () => 0 }), text: () => text };
}
