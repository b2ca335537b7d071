import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { appEnvironment, runtimeRecord, tensorflowEnvironment } from '../runtime-env.mjs';
import { runInForeground } from '../setup/command.mjs';
import { hasDisplay, repositoryRoot } from '../setup/place.mjs';
import { readJson } from '../setup/record.mjs';
import { formatSeconds } from '../setup/reporter.mjs';
import { addCounts, countReport, describeCounts, noCounts } from './counts.mjs';

/** @typedef {import('./arguments.mjs').StageName} StageName */
/** @typedef {import('./counts.mjs').Counts} Counts */

const titles = { lint: 'lint', types: 'types', unit: 'unit tests', e2e: "the window's tests" };

const typeProjects = ['tsconfig.json', 'tsconfig.renderer.json', 'tsconfig.e2e.json', 'scripts/tsconfig.json'];

/**
 * Runs the stages on this terminal and prints, last, a table of times and one line of counts.
 * @param {import('./arguments.mjs').TestChoice} choice
 * @returns {Promise<number>} exit code: 0 where nothing failed and something ran
 */
export async function runStages({ stages, afterFailure, filters }) {
  const rows = [];
  let sum = noCounts;
  for (const stage of stages) {
    process.stdout.write(`\n=== ${titles[stage]}\n`);
    const startedAt = Date.now();
    const counts = await runStage(stage, filters);
    sum = addCounts(sum, counts);
    rows.push(describeRow(stage, counts, (Date.now() - startedAt) / 1000));
    if (counts.failed > 0 && afterFailure === 'stop') break;
  }
  const skippedStages = stages.slice(rows.length).map((stage) => `${titles[stage].padEnd(20)}not run`);
  const ranTests = stages.some(isTestStage);
  if (ranTests && sum.failed === 0 && sum.passed === 0) {
    process.stdout.write(
      `\nNo test was run${filters.length > 0 ? `: no test file's path holds ${filters.join(' or ')}` : ''}.\n`,
    );
    sum = { ...sum, failed: 1 };
  }
  process.stdout.write(`\n${[...rows, ...skippedStages].join('\n')}\n${describeCounts(sum)}\n`);
  return sum.failed === 0 ? 0 : 1;
}

/** @param {StageName} stage @returns {boolean} */
const isTestStage = (stage) => stage === 'unit' || stage === 'e2e';

/** @param {StageName} stage @param {Counts} counts @param {number} seconds @returns {string} */
function describeRow(stage, counts, seconds) {
  const verdict = isTestStage(stage) ? describeCounts(counts) : counts.failed > 0 ? 'failed' : 'clean';
  return `${titles[stage].padEnd(20)}${formatSeconds(seconds).padEnd(12)}${verdict}`;
}

/**
 * @param {StageName} stage
 * @param {readonly string[]} filters
 * @returns {Promise<Counts>} of lint and types only the failures count: they are no tests
 */
async function runStage(stage, filters) {
  if (stage === 'unit') return runVitest('vitest.config.ts', filters, []);
  if (stage === 'e2e') return runVitest('vitest.e2e.config.ts', filters, displayCommand());
  const tool = (/** @type {string} */ file, /** @type {readonly string[]} */ args) =>
    onShippedNode([path.join('node_modules', file), ...args]);
  if (stage === 'lint')
    return { ...noCounts, failed: (await tool('@biomejs/biome/bin/biome', ['check', '.'])) === 0 ? 0 : 1 };
  let failed = 0;
  for (const project of typeProjects) {
    if ((await tool('typescript/bin/tsc', ['--project', project])) !== 0) failed += 1;
  }
  return { ...noCounts, failed };
}

/** @returns {readonly string[]} what shows the window where there is no display */
function displayCommand() {
  return hasDisplay(process.platform, process.env)
    ? []
    : ['xvfb-run', '--auto-servernum', '--server-args=-screen 0 1600x1000x24'];
}

/** @param {string} config @param {readonly string[]} filters @param {readonly string[]} before @returns {Promise<Counts>} */
async function runVitest(config, filters, before) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'innerloop-test-'));
  const file = path.join(folder, 'report.json');
  try {
    const code = await onShippedNode(
      [
        path.join('node_modules', 'vitest', 'vitest.mjs'),
        'run',
        '--config',
        config,
        '--passWithNoTests',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
        ...filters,
      ],
      before,
    );
    return countReport(existsSync(file) ? readJson(file) : undefined, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {readonly string[]} args @param {readonly string[]} [before] @returns {Promise<number>} exit code */
function onShippedNode(args, before = []) {
  const record = runtimeRecord(repositoryRoot);
  const env = { ...appEnvironment(record, process.env), ...tensorflowEnvironment };
  const [command = '', ...rest] = [...before, record.node.path, ...args];
  return runInForeground(command, rest, { cwd: repositoryRoot, env });
}
