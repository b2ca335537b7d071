import path from 'node:path';
import { endActiveCommands } from './command.mjs';
import { repositoryRoot, thisPlace } from './place.mjs';
import { readRecord } from './record.mjs';
import { createReporter, formatBytes, formatSeconds } from './reporter.mjs';
import { runSetup, stepsFor } from './run-setup.mjs';
import { Trouble } from './trouble.mjs';

/** @typedef {import('./run-setup.mjs').Purpose} Purpose */

/**
 * @param {{purpose: Purpose, flavour?: 'cpu' | 'gpu' | undefined, quiet?: boolean, stream?: NodeJS.WriteStream}} choice
 *   flavour: as last time where it is not named, the CPU at first
 * @returns {Promise<number>} exit code
 */
export async function setUp({ purpose, flavour, quiet = false, stream = process.stdout }) {
  const report = createReporter({ stream, quiet, now: Date.now });
  const known = readRecord(path.join(repositoryRoot, 'node_modules')).tensorflow?.flavour;
  const place = thisPlace({ flavour: flavour ?? known ?? 'cpu', retryUnreachable: purpose === 'all', report });
  const stopListening = endWithSignals();
  try {
    const worked = await runSetup(stepsFor(purpose, place), place);
    const { bytes, seconds } = report.total();
    if (worked.length > 0) {
      stream.write(
        `Set-up done in ${formatSeconds(seconds)}: ${worked.join(', ')}; ${bytes === 0 ? 'nothing' : formatBytes(bytes)} fetched. Kept for next time in ${place.cache}.\n`,
      );
    } else if (!quiet) stream.write(`Set-up: everything is in place (${formatSeconds(seconds)}).\n`);
    return 0;
  } catch (error) {
    const said =
      error instanceof Trouble ? error.message : `Set-up failed: ${error instanceof Error ? error.stack : error}`;
    process.stderr.write(`\n${said}\n`);
    return 1;
  } finally {
    stopListening();
  }
}

/**
 * What set-up has started ends with it; the next set-up clears away what is unfinished.
 * @returns {() => void} stops listening
 */
function endWithSignals() {
  const listeners = Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }).map(([signal, code]) => {
    const end = () => {
      endActiveCommands();
      process.stderr.write('\nSet-up was interrupted; started again, it goes on from here.\n');
      process.exit(code);
    };
    process.once(signal, end);
    return () => process.off(signal, end);
  });
  return () => {
    for (const stop of listeners) stop();
  };
}
