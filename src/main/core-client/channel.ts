import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type ClientFrame, type CoreFrame, coreFrameSchema } from '../../shared/contract/messages.ts';
import { encodeFrame, frameDecoder } from '../files/frame-stream.ts';
import { homeLayout } from '../files/home.ts';

/** A way to a core that runs: as its parent, or over its socket. */
export interface Channel {
  readonly kind: 'child' | 'socket';
  send(frame: ClientFrame): void;
  /** Closes the channel; a child core then ends by itself unless others are attached. */
  close(): void;
  /** Ends a child that does not end by itself; does nothing to a core of somebody else. */
  kill(): void;
}

export interface ChannelListener {
  onFrame(frame: CoreFrame): void;
  /** Once: the core has gone, or the channel to it. `reason` is a plain sentence. */
  onClose(reason: string): void;
}

const longestAnswer = 1024 * 2 ** 20;

/** Joins the core that listens at `path`; resolves to null when none does. */
export function joinCore(path: string, listener: ChannelListener): Promise<Channel | null> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let joined = false;
    const decode = frameDecoder(longestAnswer, (value) => deliver(value, listener));
    socket.on('connect', () => {
      joined = true;
      resolve({
        kind: 'socket',
        send: (frame) => void socket.write(encodeFrame(frame)),
        close: () => socket.end(),
        kill: () => socket.destroy(),
      });
    });
    socket.on('data', (part: Buffer) => {
      try {
        decode(part);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : undefined);
      }
    });
    socket.on('error', () => socket.destroy()); // `close` follows
    socket.on('close', () => {
      if (joined) listener.onClose('The core has ended.');
      else resolve(null);
    });
  });
}

export interface SpawnOptions {
  readonly home: string;
  /** The Node that runs the core. */
  readonly node: string;
  readonly coreEntry: string;
  readonly electronVersion: string | null;
  /** `keep`: the core that died had runs waiting, and they go on. */
  readonly leftQueue: 'hold' | 'keep';
}

/**
 * Starts a core as a child of this process. It gets a session of its own, so that Ctrl+C in a terminal reaches only the
 * client, which then ends the core in order; what it writes to its error stream goes to `logs/core.log`.
 */
export function spawnCore(options: SpawnOptions, listener: ChannelListener): Channel {
  const log = openLog(options.home);
  const child = spawn(options.node, argumentsFor(options), {
    stdio: ['ignore', 'ignore', log, 'ipc'],
    serialization: 'advanced',
    detached: process.platform !== 'win32',
    windowsHide: true,
    env: environmentFor(process.env),
  });
  closeSync(log);
  let closed = false;
  const closeOnce = (reason: string): void => {
    if (closed) return;
    closed = true;
    listener.onClose(reason);
  };
  child.on('message', (value) => deliver(value, listener));
  child.on('error', (error) => closeOnce(`The core could not be started: ${error.message}`));
  child.on('exit', (code, signal) =>
    closeOnce(signal === null ? `The core ended with code ${code}.` : `The core was ended by ${signal}.`),
  );
  return {
    kind: 'child',
    send: (frame) => {
      if (child.connected) child.send(frame, (_closed) => undefined); // the exit that follows tells
    },
    close: () => letGo(child),
    kill: () => void child.kill('SIGKILL'),
  };
}

function letGo(child: ChildProcess): void {
  if (child.connected) child.disconnect();
  child.unref();
}

function argumentsFor({ coreEntry, home, electronVersion, leftQueue }: SpawnOptions): string[] {
  const electron = electronVersion === null ? [] : ['--electron', electronVersion];
  return [coreEntry, '--home', home, '--queue', leftQueue, ...electron];
}

/** Electron's own switches are for Electron; in a core or trainer they would mislead. */
function environmentFor(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _run, NODE_OPTIONS: _options, ...rest } = env;
  return rest;
}

const longestLog = 4 * 2 ** 20;

function openLog(home: string): number {
  const { logs } = homeLayout(home);
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const path = join(logs, 'core.log');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > longestLog) renameSync(path, join(logs, 'core.old.log'));
  return openSync(path, 'a', 0o600);
}

function deliver(value: unknown, listener: ChannelListener): void {
  const frame = coreFrameSchema.safeParse(value);
  if (frame.success) listener.onFrame(frame.data);
}
