import { spawn } from 'node:child_process';

/** @type {Set<import('node:child_process').ChildProcess>} */
const active = new Set();

/** @type {(pids: readonly number[]) => void} */
let tellActive = () => undefined;

/**
 * Tells the process ids of all programs at work under run(), each time one starts or ends.
 * @param {(pids: readonly number[]) => void} listener
 * @returns {() => void} stops it
 */
export function watchActiveCommands(listener) {
  tellActive = listener;
  return () => {
    tellActive = () => undefined;
  };
}

/** @param {import('node:child_process').ChildProcess} child @param {'started' | 'ended'} what */
function note(child, what) {
  if (what === 'started') active.add(child);
  else active.delete(child);
  tellActive([...active].flatMap(({ pid }) => pid ?? []));
}

/**
 * @typedef {{code: number | null, signal: NodeJS.Signals | null, output: string}} Outcome
 *   output: the last 64 kB of standard output and standard error together
 */

/**
 * Runs a program to its end. Its output is collected, not shown.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, signal?: AbortSignal}} [options]
 *   the signal ends it
 * @returns {Promise<Outcome>} code 127 where the program is missing
 */
export function run(command, args, { cwd, env, onLine, signal } = {}) {
  return new Promise((resolve, reject) => {
    // In a group of its own, so that it can be ended with all that it started (a python3 may be a script around one).
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      detached: hasGroups,
    });
    signal?.addEventListener('abort', () => end(child), { once: true });
    note(child, 'started');
    let output = '';
    let rest = '';
    const take = (/** @type {Buffer} */ chunk) => {
      const text = chunk.toString();
      output = (output + text).slice(-65_536);
      if (!onLine) return;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => {
      note(child, 'ended');
      if ('code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) {
        resolve({ code: 127, signal: null, output: `${command} was not found.` });
      } else reject(error);
    });
    child.on('close', (code, endedBy) => {
      note(child, 'ended');
      resolve({ code, signal: endedBy, output });
    });
  });
}

/**
 * Runs a program on this terminal, passes interrupt and termination signals on, and tells how it ended.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<number>} its exit code; 128 + signal number where a signal ended it; 127 where it is missing
 */
export function runInForeground(command, args, { cwd, env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
    // A Ctrl-C in a terminal reaches the whole group already; a second copy would count as a second press.
    const passOn = (/** @type {NodeJS.Signals} */ signal) => {
      const inTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
      if (signal !== 'SIGINT' || !inTerminal) child.kill(signal);
    };
    for (const signal of forwarded) process.on(signal, passOn);
    const end = (/** @type {number} */ code) => {
      for (const signal of forwarded) process.off(signal, passOn);
      resolve(code);
    };
    child.on('error', (error) => {
      process.stderr.write(`${command} cannot be started: ${error.message}\n`);
      end(127);
    });
    child.on('exit', (code, signal) => end(code ?? 128 + (signalNumbers[String(signal)] ?? 0)));
  });
}

/** @type {readonly NodeJS.Signals[]} */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** @type {Readonly<Record<string, number>>} */
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

const hasGroups = process.platform !== 'win32';

/** @param {import('node:child_process').ChildProcess} child */
function end(child) {
  if (child.pid === undefined || !active.has(child)) return;
  if (!hasGroups) {
    child.kill();
    return;
  }
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error; // ended just now
  }
}

/** Ends every program that run() started and that is still at work: for a set-up that is itself told to end. */
export function endActiveCommands() {
  for (const child of active) end(child);
}
