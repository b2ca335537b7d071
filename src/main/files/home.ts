import { createHash } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface HomeQuestion {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** From `--home DIR`; wins over everything. */
  readonly given?: string | undefined;
  /** The user's own folder; the system's answer unless given. */
  readonly userFolder?: string;
}

/** Absolute path of the data folder: `--home`, else `INNERLOOP_HOME`, else the platform's per-user data folder. */
export function homeFolder({ env, platform, given, userFolder = homedir() }: HomeQuestion): string {
  const chosen = given || env.INNERLOOP_HOME;
  if (chosen) return resolve(chosen);
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(userFolder, 'AppData', 'Local'), 'Innerloop');
  if (platform === 'darwin') return join(userFolder, 'Library', 'Application Support', 'Innerloop');
  return join(env.XDG_DATA_HOME || join(userFolder, '.local', 'share'), 'innerloop');
}

/** Where things lie in a data folder. */
export interface HomeLayout {
  readonly home: string;
  readonly database: string;
  readonly backups: string;
  readonly datasets: string;
  readonly models: string;
  readonly runs: string;
  readonly logs: string;
  /** Held exclusively by the one core of this folder. */
  readonly lock: string;
  /** Who holds the lock, for people: JSON with pid and start. */
  readonly owner: string;
}

export const homeLayout = (home: string): HomeLayout => ({
  home,
  database: join(home, 'innerloop.db'),
  backups: join(home, 'backups'),
  datasets: join(home, 'datasets'),
  models: join(home, 'models'),
  runs: join(home, 'runs'),
  logs: join(home, 'logs'),
  lock: join(home, 'core.lock'),
  owner: join(home, 'core.json'),
});

/** Longest path of a Unix socket that every system takes (macOS: 104 bytes with the closing zero). */
const longestSocketPath = 100;

export interface SocketPlace {
  readonly path: string;
  /** Folder that must be made and belong to this user alone; null where the path needs none. */
  readonly folder: string | null;
}

/**
 * Where the core of a data folder listens: `core.sock` in the folder; under the runtime or temporary folder, named by
 * a hash of the data folder, when that path would be too long; a named pipe on Windows.
 */
export function coreSocket(
  home: string,
  { env, platform, temporaryFolder = tmpdir() }: Omit<HomeQuestion, 'given'> & { readonly temporaryFolder?: string },
): SocketPlace {
  const hash = createHash('sha256').update(resolve(home)).digest('hex').slice(0, 20);
  if (platform === 'win32') return { path: `\\\\.\\pipe\\innerloop-${hash}`, folder: null };
  const inHome = join(home, 'core.sock');
  if (Buffer.byteLength(inHome) <= longestSocketPath) return { path: inHome, folder: null };
  const user = typeof process.getuid === 'function' ? process.getuid() : 0;
  const folder = env.XDG_RUNTIME_DIR
    ? join(env.XDG_RUNTIME_DIR, 'innerloop')
    : join(temporaryFolder, `innerloop-${user}`);
  return { path: join(folder, `${hash}.sock`), folder };
}
