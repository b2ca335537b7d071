// npm run build: the app's bundles in out/, whether or not a source changed.
import { appBuild } from './setup/app-build.mjs';
import { thisPlace } from './setup/place.mjs';
import { createReporter } from './setup/reporter.mjs';
import { Trouble } from './setup/trouble.mjs';

const report = createReporter({ stream: process.stdout, quiet: false, now: Date.now });
try {
  await appBuild.run(thisPlace({ flavour: 'cpu', retryUnreachable: false, report }));
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
