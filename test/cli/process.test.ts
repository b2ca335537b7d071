import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { homeLayout } from '../../src/main/files/home.ts';
import { temporaryFolder } from './harness.ts';

/** The real program with the real core and trainer, on a data folder of its own. */
const root = join(import.meta.dirname, '../..');
const entry = join(root, 'src/main/cli/index.ts');
const addon = join(root, 'node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node');
const ready = existsSync(addon);

let home: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  home = temporaryFolder();
});
afterEach(() => home.remove());

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

function start(words: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [entry, ...words, '--home', home.path], { stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { output: '', errors: '' };
  child.stdout.on('data', (part) => {
    texts.output += part;
  });
  child.stderr.on('data', (part) => {
    texts.errors += part;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...texts }));
  return { child, ended };
}
const innerloop = (...words: string[]): Promise<Ended> => start(words).ended;
const lastJson = ({ output }: Ended) => JSON.parse(output.trim().split('\n').at(-1)!);

const small = [
  '--device',
  'cpu',
  '--set',
  'model.hidden=[8,8]',
  '--set',
  'outer.metaBatch=4',
  '--set',
  'evaluation.finalEpisodes=20',
];

describe('the program', () => {
  it('helps and refuses without a core: nothing is made in the data folder', async () => {
    expect((await innerloop('--help')).code).toBe(0);
    const wrong = await innerloop('run', 'sinusoid-quick-start', '--set', 'inner.rate=-1', '--json');
    expect(wrong.code).toBe(2);
    expect(lastJson(wrong).error.fields[0].path).toBe('inner.rate');
    expect(existsSync(homeLayout(home.path).database)).toBe(false);
  });
});

const title = ready
  ? 'the program with core and trainer'
  : 'the program with core and trainer (skipped: the addon is not built, run npm run setup)';

describe.skipIf(!ready)(title, () => {
  it('trains, stores and gives the same losses to the bit for the same seed, also across Ctrl+C and resume', async () => {
    const iterations = [
      '--set',
      'outer.iterations=3000',
      '--set',
      'evaluation.every=1500',
      '--set',
      'evaluation.episodes=10',
    ];
    const run = ['run', 'sinusoid-quick-start', ...small, ...iterations, '--json'];
    const whole = await innerloop(...run);
    expect(whole.code).toBe(0);
    const [report] = lastJson(whole).runs;
    expect(report).toMatchObject({ state: 'completed', seed: 1, evaluation: { protocol: { episodes: 20 } } });
    expect(report.evaluation.mean).toBeLessThan(report.untrained.mean);

    const second = start(run);
    second.child.stderr?.on('data', (part) => {
      if (String(part).includes('validation at 0')) second.child.kill('SIGINT');
    });
    const paused = await second.ended;
    expect([paused.code, lastJson(paused).runs[0].state]).toEqual([130, 'paused']);
    const resumed = await innerloop('resume', '2', '--json');
    expect([resumed.code, lastJson(resumed).runs[0].state]).toEqual([0, 'completed']);

    const first = lastJson(await innerloop('metrics', '1', '--json'));
    const again = lastJson(await innerloop('metrics', '2', '--json'));
    expect(first['train/loss']).toHaveLength(3000);
    for (const key of ['train/loss', 'train/gradient-norm', 'validation/loss']) expect(again[key]).toEqual(first[key]);
    expect(lastJson(resumed).runs[0].evaluation.mean).toBe(report.evaluation.mean);
  }, 180_000);

  it('ends at once at the second Ctrl+C, and leaves no core and no trainer behind', async () => {
    const { child, ended } = start(['run', 'sinusoid-quick-start', ...small, '--set', 'outer.iterations=10000000']);
    child.stderr?.on('data', (part) => {
      if (!String(part).includes('validation at 0')) return;
      child.kill('SIGINT');
      child.kill('SIGTERM');
    });
    const { code } = await ended;
    expect(code).toBe(130);
    await vi.waitFor(() => expect(processesOf(home.path)).toEqual([]), { timeout: 30_000, interval: 100 });
    const [run] = lastJson(await innerloop('runs', '--json')).runs;
    expect(['paused', 'interrupted']).toContain(run.state);
    expect(run.resumable).toBe('yes');
  }, 120_000);

  it('writes no more, and fails at nothing, when its reader goes', async () => {
    const settings = [
      '--set',
      'outer.iterations=500',
      '--set',
      'evaluation.every=0',
      '--set',
      'evaluation.finalSplit=none',
    ];
    const run = await innerloop('run', 'sinusoid-quick-start', ...small, ...settings);
    expect([run.code, run.errors]).toEqual([0, expect.any(String)]);
    const line = `'${process.execPath}' '${entry}' metrics 1 --key train/loss --home '${home.path}' | head -n 1`;
    const piped = spawn('sh', ['-c', line], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    piped.stdout.on('data', (part) => {
      said += part;
    });
    piped.stderr.on('data', (part) => {
      said += part;
    });
    await once(piped, 'close');
    expect(said).toMatch(/^1\t\d+\.\d+\n$/);
  }, 60_000);
});

/** Command lines of processes that name this data folder, on Linux; elsewhere none can be listed. */
function processesOf(path: string): string[] {
  if (process.platform !== 'linux') return [];
  const owner = homeLayout(path).owner;
  if (!existsSync(owner)) return [];
  const { pid } = JSON.parse(readFileSync(owner, 'utf8')) as { readonly pid: number };
  return existsSync(`/proc/${pid}/cmdline`) ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')] : [];
}
