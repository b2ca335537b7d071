import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createInterrupts, type InterruptSwitch } from '../../src/main/cli/interrupts.ts';
import { runCli } from '../../src/main/cli/main.ts';
import { InnerloopError } from '../../src/shared/contract/errors.ts';
import type { AnyEvent } from '../../src/shared/contract/events.ts';
import { type RequestHandlers, type RequestName, requests } from '../../src/shared/contract/requests.ts';
import { groupKeyOf } from '../../src/shared/run-config/grouping.ts';
import { presetById } from '../../src/shared/run-config/presets.ts';
import { protocolOf } from '../../src/shared/runs/protocol.ts';
import type { Evaluation, RunSummary } from '../../src/shared/runs/run.ts';

export const examples = join(import.meta.dirname, '../../resources/examples');

export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'innerloop-cli-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface CliResult {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
  /** What the core was asked, in order. */
  readonly asked: readonly { readonly name: RequestName; readonly body: unknown }[];
  /** The last line of standard output as JSON. */
  readonly json: () => unknown;
}

export interface CliOptions {
  readonly core?: Partial<RequestHandlers>;
  readonly cwd?: string;
  /** Columns of the terminal; left out: no terminal. */
  readonly terminal?: number;
  readonly interrupts?: InterruptSwitch;
  /** Called with the way to announce events, when the core is first needed. */
  readonly onConnect?: (announce: (event: AnyEvent) => void) => void;
  readonly pause?: (ms: number) => Promise<void>;
}

/** Runs a command line against a core made of the given handlers; requests and answers are held to the contract. */
export async function cli(words: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const output = collector(options.terminal);
  const errors = collector(options.terminal);
  const asked: { name: RequestName; body: unknown }[] = [];
  const handlers = options.core ?? {};
  const code = await runCli({
    words,
    output: output.stream,
    errors: errors.stream,
    env: { INNERLOOP_HOME: '/nowhere/home' },
    platform: 'linux',
    cwd: options.cwd ?? '/nowhere',
    examples,
    version: '9.9.9',
    clock: () => 0,
    pause: options.pause ?? (() => new Promise((resolve) => setImmediate(resolve))),
    interrupts: options.interrupts ?? createInterrupts(() => undefined),
    connect: ({ onEvent }) => {
      options.onConnect?.(onEvent);
      return {
        request: async (name, body) => {
          asked.push({ name, body: requests[name].request.parse(body) });
          const handler = handlers[name];
          if (!handler) throw new InnerloopError('internal', `The test has no answer to ${name}.`);
          return requests[name].response.parse(await handler(body as never)) as never;
        },
        close: async () => undefined,
      };
    },
  });
  return {
    code,
    output: output.text(),
    errors: errors.text(),
    asked,
    json: () => JSON.parse(output.text().trim().split('\n').at(-1)!),
  };
}

function collector(columns: number | undefined) {
  let text = '';
  const stream = new Writable({
    write: (part, _encoding, done) => {
      text += String(part);
      done();
    },
  });
  const seen = columns === undefined ? stream : Object.assign(stream, { isTTY: true, columns });
  return { stream: seen, text: () => text };
}

/** A completed sinusoid run; `change` is laid over it. */
export function runSummary(change: Partial<RunSummary> = {}): RunSummary {
  const { config } = presetById('quick-sinusoid');
  const number = change.number ?? 1;
  return {
    id: `run-${number}`,
    number,
    name: `sinusoid-quick-start-s${config.seed}`,
    state: 'completed',
    phase: null,
    config,
    groupKey: groupKeyOf(config),
    dataset: null,
    createdAt: Date.UTC(2026, 10, 24),
    startedAt: null,
    endedAt: null,
    computeMs: 9000,
    iteration: config.outer.iterations,
    iterationsPerSecond: null,
    etaMs: null,
    trainLoss: 0.5,
    best: { metric: 'loss', value: 0.61, ci95: 0.05, iteration: 4750 },
    final: evaluation(),
    untrained: evaluation({ kind: 'untrained', iteration: 0, mean: 4.2, ci95: 0.4 }),
    engine: null,
    sparkline: [],
    failure: null,
    resumable: 'no',
    starred: 'no',
    archived: 'no',
    deletedAt: null,
    queuePosition: null,
    ...change,
  };
}

/** A final evaluation of the sinusoid quick-start; `change` is laid over it. */
export function evaluation(change: Partial<Evaluation> = {}): Evaluation {
  const { config } = presetById('quick-sinusoid');
  const step = (at: number) => ({ step: at, loss: 3 - at, lossCi95: 0.1, accuracy: null, accuracyCi95: null });
  return {
    id: 'evaluation-1',
    runId: 'run-1',
    kind: 'final',
    iteration: 4750,
    createdAt: Date.UTC(2026, 10, 24),
    metric: 'loss',
    mean: 0.6,
    ci95: 0.04,
    perStep: [step(0), step(1), step(2)],
    protocol: protocolOf(config, null, 'test', 600),
    durationMs: 400,
    ...change,
  };
}

/** A core that knows these runs. */
export const coreWithRuns = (runs: readonly RunSummary[]): Partial<RequestHandlers> => ({
  'runs.list': ({ view }) => ({
    runs: view === 'active' ? [...runs] : [],
    matching: view === 'active' ? runs.length : 0,
    total: runs.length,
  }),
  'runs.get': ({ id }) => {
    const found = runs.find((run) => run.id === id);
    if (!found) throw new InnerloopError('not-found', `There is no run ${id}.`);
    return found;
  },
});
