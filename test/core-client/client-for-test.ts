import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { commandLine } from '../../src/main/core/runs/recovery.ts';
import {
  type ConnectCoreOptions,
  type CoreConnection,
  type CoreState,
  connectCore,
} from '../../src/main/core-client/connect-core.ts';
import { homeLayout } from '../../src/main/files/home.ts';
import type { AnyEvent, EventName, EventOf } from '../../src/shared/contract/events.ts';
import type { RunState, RunSummary } from '../../src/shared/runs/run.ts';
import type { Behaviour } from '../core/fixtures/trainer/index.ts';

/** The real core, started as a program of its own beside the fake trainer. */
export const coreEntry = resolve(import.meta.dirname, '../core/fixtures/core/index.ts');

export interface TestClient {
  readonly connection: CoreConnection;
  readonly events: readonly AnyEvent[];
  readonly states: readonly CoreState[];
  when<Name extends EventName>(name: Name, fits: (body: EventOf<Name>) => boolean): Promise<EventOf<Name>>;
  whenState(id: string, state: RunState): Promise<RunSummary>;
  whenCore(state: CoreState['state'], times?: number): Promise<void>;
  launch(behaviour: Behaviour & { readonly iterations?: number }): Promise<string>;
  /** Steps of the training loss that were announced so far. */
  announcedSteps(id: string): number[];
  storedSteps(id: string): Promise<number[]>;
}

/** A client of the core of this data folder, closed with the test. */
export function clientForTest(home: string, more: Partial<ConnectCoreOptions> = {}): TestClient {
  const events: AnyEvent[] = [];
  const states: CoreState[] = [];
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const connection = connectCore({
    home,
    node: process.execPath,
    coreEntry,
    ...more,
    onEvent: (event) => {
      events.push(event);
      tell();
    },
    onState: (state) => {
      states.push(state);
      tell();
    },
  });
  onTestFinished(() => connection.close());
  const until = <Found>(look: () => Found | undefined): Promise<Found> =>
    new Promise((settle) => {
      const tryIt = (): void => {
        const found = look();
        if (found === undefined) return;
        listeners.delete(tryIt);
        settle(found);
      };
      listeners.add(tryIt);
      tryIt();
    });
  const when: TestClient['when'] = (name, fits) =>
    until(() => events.find((event) => event.name === name && fits(event.body as never))?.body as never);
  return {
    connection,
    events,
    states,
    when,
    whenState: async (id, state) => (await when('run.changed', ({ run }) => run.id === id && run.state === state)).run,
    whenCore: async (state, times = 1) => {
      await until(() => (states.filter((seen) => seen.state === state).length >= times ? true : undefined));
    },
    async launch({ iterations = 30, ...behaviour }) {
      const config = { outer: { iterations }, evaluation: { every: 20 }, note: JSON.stringify(behaviour) };
      const { ids } = await connection.request('runs.launch', { config, seeds: [1], start: 'now' });
      return ids[0]!;
    },
    announcedSteps: (id) =>
      events.flatMap((event) =>
        event.name === 'run.points' && event.body.id === id
          ? (event.body.points['train/loss'] ?? []).map(([step]) => step)
          : [],
      ),
    async storedSteps(id) {
      const request = { id, keys: ['train/loss'], from: null, to: null, buckets: null };
      const { series } = await connection.request('runs.metrics', request);
      return [...series[0]!.steps];
    },
  };
}

/** The process that holds a data folder. */
export const corePid = (home: string): number => JSON.parse(readFileSync(homeLayout(home).owner, 'utf8')).pid as number;

/** Resolves when a process is gone (a zombie counts as gone). */
export async function processGone(pid: number, withinMs = 20_000): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (isAlive(pid)) {
    if (performance.now() > giveUpAt) throw new Error(`Process ${pid} is still there: ${commandLine(pid)}`);
    await new Promise((settle) => setTimeout(settle, 20));
  }
}

export function isAlive(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  return existsSync(status) && !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
}
