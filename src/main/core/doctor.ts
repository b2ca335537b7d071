import { statfsSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { toRequestError } from '../../shared/contract/errors.ts';
import type { DoctorItem } from '../../shared/contract/requests.ts';
import { type Probe, probeSchema } from '../../shared/contract/trainer.ts';
import type { CoreContext } from './context.ts';
import { probe, type TrainerJobs } from './runs/trainer-jobs.ts';
import { sqliteVersion } from './store/database.ts';
import { getSetting, setSetting } from './store/settings.ts';

export interface DoctorParts {
  readonly context: CoreContext;
  readonly jobs: TrainerJobs;
  /** Version of the Electron that runs or could run the window; null when there is none. */
  readonly electron: string | null;
}

/** Versions and devices with a verdict each. `fresh` starts a trainer to look again; `known` only where nothing is known. */
export async function examine(parts: DoctorParts, check: 'known' | 'fresh'): Promise<DoctorItem[]> {
  const { context, jobs, electron } = parts;
  const found = (check === 'known' ? rememberedProbe(context) : null) ?? (await freshProbe(context, jobs));
  return [
    electronItem(electron),
    item('node', 'Node', process.versions.node),
    ...trainerItems(found),
    item('sqlite', 'SQLite', sqliteVersion(context.db)),
    homeItem(context.layout.home),
    memoryItem(freemem(), totalmem()),
  ];
}

const item = (
  key: DoctorItem['key'],
  label: string,
  value: string,
  rest: Partial<Pick<DoctorItem, 'verdict' | 'remedy'>> = {},
): DoctorItem => ({ key, label, value, verdict: 'ok', remedy: null, ...rest });

function electronItem(version: string | null): DoctorItem {
  if (version !== null) return item('electron', 'Electron', version);
  const remedy = 'Run "npm run setup" to get the window; the terminal works without it.';
  return item('electron', 'Electron', 'not installed', { verdict: 'missing', remedy });
}

type Found = { readonly ok: true; readonly probe: Probe } | { readonly ok: false; readonly message: string };

const probeSetting = 'doctor.probe';

async function freshProbe({ db }: CoreContext, jobs: TrainerJobs): Promise<Found> {
  try {
    const found = await probe(jobs);
    setSetting(db, probeSetting, JSON.stringify(found));
    return { ok: true, probe: found };
  } catch (error) {
    return { ok: false, message: toRequestError(error).message };
  }
}

/** What the last probe found, as long as the same Node would run the trainer. */
function rememberedProbe({ db }: CoreContext): Found | null {
  const stored = getSetting(db, probeSetting);
  const parsed = stored === null ? null : probeSchema.safeParse(JSON.parse(stored));
  return parsed?.success && parsed.data.node === process.versions.node ? { ok: true, probe: parsed.data } : null;
}

function trainerItems(found: Found): DoctorItem[] {
  if (!found.ok) {
    const remedy = `${found.message} Run "npm run setup" again.`;
    const missing = { verdict: 'missing', remedy } as const;
    return [
      item('tensorflow', 'TensorFlow', 'not usable', missing),
      item('device', 'Device', 'unknown', { verdict: 'missing' }),
      item('xla', 'XLA', 'unknown', { verdict: 'missing' }),
    ];
  }
  const { tensorflow, flavour, device, deviceName, xla } = found.probe;
  return [
    item('tensorflow', 'TensorFlow', `${tensorflow} (${flavour === 'gpu' ? 'CUDA' : 'CPU'})`),
    item('device', 'Device', `${device === 'gpu' ? 'GPU' : 'CPU'}: ${deviceName}`),
    item('xla', 'XLA', xla === 'yes' ? 'available' : 'not available', { verdict: xla === 'yes' ? 'ok' : 'warning' }),
  ];
}

const lowSpaceBytes = 2e9;

function homeItem(home: string): DoctorItem {
  const { bavail, bsize } = statfsSync(home);
  const free = bavail * bsize;
  const value = `${home} (${gigabytes(free)} GB free)`;
  if (free > lowSpaceBytes) return item('home', 'Data folder', value);
  const remedy = 'Less than 2 GB are free: runs pause when the disk is full. Free some space or use --home.';
  return item('home', 'Data folder', value, { verdict: 'warning', remedy });
}

const lowMemoryBytes = 2e9;

function memoryItem(free: number, total: number): DoctorItem {
  const value = `${gigabytes(free)} of ${gigabytes(total)} GB free`;
  if (free > lowMemoryBytes) return item('memory', 'Memory', value);
  const remedy = 'Image runs need about 2 GB. Close other programs first.';
  return item('memory', 'Memory', value, { verdict: 'warning', remedy });
}

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
