import { writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { toRequestError } from '../../shared/contract/errors.ts';
import type { AnyEvent } from '../../shared/contract/events.ts';
import type { CoreFrame } from '../../shared/contract/messages.ts';
import { productVersion } from '../../shared/version.ts';
import { entryFile } from '../files/entry.ts';
import { coreSocket, homeFolder, homeLayout } from '../files/home.ts';
import { answerRequest } from './answer.ts';
import { type Clients, createClients } from './clients.ts';
import { type Core, createCore } from './core.ts';
import { startTrainer } from './runs/trainer-process.ts';
import { installedElectron } from './runtime-record.ts';
import { type OpenStore, openStore } from './store/open-store.ts';

/**
 * The core: one process per data folder that owns the store, the queue and the trainers. It lives as long as a client
 * is attached (its parent over the channel, others over the socket), or until it is asked to end.
 */

/** How long trainers may take to save when the core ends; then they are ended by force. */
const savingPatienceMs = 30_000;
/** Beyond that nothing is waited for: a core that hangs must not outlive its app. */
const endingPatienceMs = 45_000;

const exitCodes = { done: 0, cannotStart: 1, bug: 70 } as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: { home: { type: 'string' }, electron: { type: 'string' }, queue: { type: 'string' } },
  });
  const entry = process.argv[1] ?? '';
  const layout = homeLayout(homeFolder({ env: process.env, platform: process.platform, given: values.home }));
  const store = openStore(layout, process.pid, Date.now());
  let clients: Clients | null = null;
  const announce = ({ name, body }: AnyEvent): void => clients?.broadcast({ type: 'event', name, body });
  const core = createCore({
    context: { db: store.db, layout, now: Date.now, announce },
    startTrainer,
    trainer: { node: process.execPath, entry: entryFile('trainer', entry) },
    version: productVersion,
    electron: values.electron ?? installedElectron(entry),
    leftQueue: values.queue === 'keep' ? 'keep' : 'hold',
  });
  const leave = leaveOnce(store, core, () => clients);
  clients = createClients({
    version: productVersion,
    answer: (request) => answerRequest(core.handlers, request),
    onAllGone: leave,
  });
  process.on('SIGTERM', leave);
  process.on('SIGINT', leave);
  await clients.listen(coreSocket(layout.home, { env: process.env, platform: process.platform }));
  clients.attachParent();
  await core.begin().catch(report);
}

/** Ends the core once, in order: trainers, store, channels, process. */
function leaveOnce(store: OpenStore, core: Core, clients: () => Clients | null): () => void {
  let leaving = false;
  return () => {
    if (leaving) return;
    leaving = true;
    setTimeout(() => process.exit(exitCodes.bug), endingPatienceMs).unref();
    clients()?.stopListening();
    void core.end(savingPatienceMs).then(() => {
      store.close();
      clients()?.closeAll();
      process.exit(exitCodes.done);
    });
  };
}

/** Start-up work that can be done again later (the disk was full); requests that need it try again and tell. */
function report(error: unknown): void {
  writeSync(2, `${new Date().toISOString()} core ${process.pid}: ${toRequestError(error).message}\n`);
}

/** After an error that nobody caught the state is unknown: say why and go; the next core puts the store right. */
function dieOf(error: unknown): never {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  writeSync(2, `${new Date().toISOString()} core ${process.pid}: ${detail}\n`);
  process.exit(exitCodes.bug);
}

process.title = 'innerloop-core';
process.on('uncaughtException', dieOf);
process.on('unhandledRejection', dieOf);
main().catch((error: unknown) => {
  const frame: CoreFrame = { type: 'fatal', error: toRequestError(error) };
  writeSync(2, `${new Date().toISOString()} core ${process.pid}: ${frame.error.message}\n`);
  if (process.send) process.send(frame, () => process.exit(exitCodes.cannotStart));
  else process.exit(exitCodes.cannotStart);
});
