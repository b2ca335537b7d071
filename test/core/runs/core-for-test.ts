import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CoreContext } from '../../../src/main/core/context.ts';
import { type Core, createCore } from '../../../src/main/core/core.ts';
import { type SupervisorPatience, supervisorPatience } from '../../../src/main/core/runs/supervisor.ts';
import { startTrainer, type TrainerPatience } from '../../../src/main/core/runs/trainer-process.ts';
import { openStore } from '../../../src/main/core/store/open-store.ts';
import type { HomeLayout } from '../../../src/main/files/home.ts';
import type { AnyEvent, EventName, EventOf } from '../../../src/shared/contract/events.ts';
import type { RunState, RunSummary } from '../../../src/shared/runs/run.ts';
import type { Behaviour } from '../fixtures/trainer/index.ts';
import { temporaryHome } from '../store/store-for-test.ts';

export const fakeTrainer = resolve(import.meta.dirname, '../fixtures/trainer/index.ts');

export interface TestCore {
  readonly core: Core;
  readonly context: CoreContext;
  readonly events: readonly AnyEvent[];
  /** The first announced fact, from now or earlier, that fits. */
  when<Name extends EventName>(name: Name, fits: (body: EventOf<Name>) => boolean): Promise<EventOf<Name>>;
  whenState(id: string, state: RunState): Promise<RunSummary>;
  get(id: string): RunSummary;
  /** Ends the core and gives its data folder free. */
  close(): Promise<void>;
  launch(behaviour: Behaviour & { readonly iterations?: number }, seeds?: number[]): Promise<string[]>;
}

export interface TestCoreOptions {
  readonly layout?: HomeLayout;
  readonly patience?: Partial<TrainerPatience & SupervisorPatience>;
  readonly trainer?: string;
  readonly node?: string;
  readonly leftQueue?: 'hold' | 'keep';
}

/** A core in this process, on a store of its own, whose trainers are the fake ones. Ended with the test. */
export async function coreForTest(options: TestCoreOptions = {}): Promise<TestCore> {
  const { layout = temporaryHome(), node = process.execPath, trainer = fakeTrainer } = options;
  const patience = { startMs: 20_000, politeMs: 300, exitMs: 2000, ...supervisorPatience, ...options.patience };
  const store = openStore(layout, process.pid, Date.now());
  const events: AnyEvent[] = [];
  const listeners = new Set<() => void>();
  const context: CoreContext = {
    db: store.db,
    layout,
    now: Date.now,
    announce: (event) => {
      events.push(event);
      for (const listener of listeners) listener();
    },
  };
  const core = createCore({
    context,
    startTrainer: (job, command, listener) => startTrainer(job, command, listener, patience),
    trainer: { node, entry: trainer },
    version: 'test',
    electron: null,
    leftQueue: options.leftQueue ?? 'hold',
    patience,
  });
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await core.end(3000);
    store.close();
  };
  onTestFinished(close);
  const when: TestCore['when'] = (name, fits) =>
    new Promise((settle) => {
      const look = (): void => {
        const found = events.find((event) => event.name === name && fits(event.body as never));
        if (!found) return;
        listeners.delete(look);
        settle(found.body as never);
      };
      listeners.add(look);
      look();
    });
  const get = (id: string): RunSummary => core.handlers['runs.get']({ id }) as RunSummary;
  return {
    core,
    context,
    events,
    when,
    whenState: async (id, state) => (await when('run.changed', ({ run }) => run.id === id && run.state === state)).run,
    get,
    close,
    async launch({ iterations = 30, ...behaviour }, seeds = [1]) {
      const config = {
        outer: { iterations },
        evaluation: { every: 20 },
        note: JSON.stringify(behaviour),
      };
      const { ids } = await core.handlers['runs.launch']({ config, seeds, start: 'queue' });
      return ids;
    },
  };
}
