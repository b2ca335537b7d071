import { useNavigate, useParams } from 'react-router';
import { presets } from '../../../shared/run-config/presets.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { addressOf } from '../../app/addresses.ts';
import { request, shell } from '../../app/core.ts';
import { useFacts } from '../../app/facts.tsx';
import { plural } from '../../app/format.ts';
import { type Preferences, preferences, setPreference, shownTheme } from '../../app/preferences.ts';
import { useSelection } from '../../app/selection.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { canPause, canResume, type RunActs, useRunActs } from '../runs/use-run-acts.ts';
import type { Command } from './palette-items.ts';

/** What can be done with one run; also what Tab shows of a result. */
export function runCommands(
  run: RunSummary,
  acts: RunActs,
  open: (address: string) => void,
  selected: readonly string[],
): Command[] {
  const others = selected.filter((id) => id !== run.id);
  const commands: Command[] = [
    { id: 'open', text: 'Open', icon: 'runs', act: () => open(addressOf.run(run.id)) },
    { id: 'charts', text: 'Charts', icon: 'wave', act: () => open(addressOf.run(run.id, 'charts')) },
    { id: 'log', text: 'Log', icon: 'text', act: () => open(addressOf.run(run.id, 'log')) },
    { id: 'clone', text: 'Clone and edit', icon: 'copy', keys: 'Ctrl D', act: () => acts.clone(run) },
  ];
  if (others.length > 0) {
    commands.push({
      id: 'compare-with',
      text: `Compare with the ${plural(others.length, 'selected run')}`,
      icon: 'compare',
      act: () => open(addressOf.compare([run.id, ...others])),
    });
  }
  if (canPause(run)) commands.push({ id: 'pause', text: 'Pause', icon: 'pause', act: () => acts.pauseOrResume(run) });
  if (canResume(run)) commands.push({ id: 'resume', text: 'Resume', icon: 'play', act: () => acts.pauseOrResume(run) });
  if (run.state === 'running') {
    commands.push(
      { id: 'checkpoint', text: 'Checkpoint now', icon: 'save', act: () => acts.checkpoint(run) },
      {
        id: 'stop',
        text: 'Stop: finish this iteration, evaluate, save',
        icon: 'stop',
        act: () => acts.stop(run, 'finish'),
      },
    );
  }
  if (run.queuePosition !== null && run.queuePosition > 1) {
    commands.push({ id: 'next', text: 'Run next', icon: 'queue', act: () => acts.moveInQueue(run, 1) });
  }
  const starred = run.starred === 'yes';
  const archived = run.archived === 'yes';
  commands.push({
    id: 'star',
    text: starred ? 'Unstar' : 'Star',
    icon: 'star',
    act: () => acts.star([run], starred ? 'no' : 'yes'),
  });
  if (!canPause(run) && run.state !== 'queued') {
    commands.push(
      {
        id: 'archive',
        text: archived ? 'Unarchive' : 'Archive',
        icon: 'archive',
        act: () => acts.archive([run], archived ? 'no' : 'yes'),
      },
      { id: 'delete', text: 'Delete', icon: 'trash', act: () => acts.remove([run]) },
    );
  }
  return commands;
}

const densities: Readonly<Record<Preferences['density'], string>> = {
  compact: 'Compact rows',
  default: 'Default rows',
  relaxed: 'Relaxed rows',
};

/** Commands that exist, the likeliest first. `runs` are those at hand, to know the selected and the running ones. */
export function useCommands(runs: readonly RunSummary[], onKeys: () => void): readonly Command[] {
  const navigate = useNavigate();
  const acts = useRunActs();
  const toasts = useToasts();
  const { queue } = useFacts();
  const selection = useSelection();
  const { id: openId } = useParams();
  const go = (address: string) => () => void navigate(address);
  const told = (promise: Promise<unknown>): void => void promise.catch(toasts.tellFailure);
  const selected = runs.filter(({ id }) => selection.ids.has(id));
  const current = runs.find(({ id }) => id === openId);
  const running = runs.filter(({ id }) => queue?.running.includes(id));

  const commands: Command[] = [];
  if (selected.length >= 2) {
    commands.push({
      id: 'compare-selected',
      text: `Compare the ${plural(selected.length, 'selected run')}`,
      icon: 'compare',
      keys: 'C',
      act: () => acts.compare(selected),
    });
  }
  for (const run of current ? [current] : running) {
    const named = runCommands(run, acts, (address) => void navigate(address), []).filter(
      ({ id }) => id !== 'open' && id !== 'charts' && id !== 'log',
    );
    commands.push(...named.map((command) => ({ ...command, id: `${command.id}-${run.id}`, note: run.name })));
  }
  commands.push({ id: 'new', text: 'New run', icon: 'plus', keys: 'N', act: go(addressOf.newRun()) });
  for (const preset of presets) {
    commands.push({
      id: `preset-${preset.id}`,
      text: preset.label.startsWith('Quick start') ? preset.label : `New run: ${preset.label}`,
      icon: preset.label.startsWith('Quick start') ? 'play' : 'plus',
      act: go(addressOf.newRun({ preset: preset.id })),
    });
  }
  if (queue?.mode === 'open') {
    const busy = queue.running.length > 0;
    commands.push({
      id: 'pause-queue',
      text: busy ? 'Pause the queue after this run' : 'Pause the queue',
      icon: 'pause',
      act: () => told(request('queue.set-mode', { mode: busy ? 'pausing' : 'paused' })),
    });
  } else if (queue) {
    commands.push({
      id: 'resume-queue',
      text: 'Resume the queue',
      icon: 'play',
      act: () => told(request('queue.set-mode', { mode: 'open' })),
    });
  }
  commands.push(
    { id: 'runs', text: 'Go to Runs', icon: 'runs', keys: 'G then R', act: go(addressOf.runs()) },
    { id: 'queue', text: 'Go to the queue', icon: 'queue', keys: 'G then Q', act: go(addressOf.queue()) },
    { id: 'compare', text: 'Go to Compare', icon: 'compare', keys: 'G then C', act: go(addressOf.compare()) },
    { id: 'datasets', text: 'Go to Datasets', icon: 'dataset', keys: 'G then D', act: go(addressOf.datasets()) },
    { id: 'models', text: 'Go to Models', icon: 'model', keys: 'G then M', act: go(addressOf.models()) },
    { id: 'starred', text: 'Show starred runs', icon: 'star', act: go(addressOf.runs('starred:yes')) },
    { id: 'failed', text: 'Show failed runs', icon: 'filter', act: go(addressOf.runs('state:failed')) },
    { id: 'archived', text: 'Show archived runs', icon: 'archive', act: go(addressOf.runs('', 'archived')) },
    { id: 'bin', text: 'Show the bin', icon: 'trash', act: go(addressOf.runs('', 'bin')) },
    { id: 'undo', text: 'Undo', icon: 'undo', keys: 'Ctrl Z', act: toasts.undoLast },
    { id: 'redo', text: 'Redo', icon: 'fwd', keys: 'Ctrl Shift Z', act: toasts.redoLast },
    ...appearanceCommands(),
    {
      id: 'check',
      text: 'Check compute: versions and devices',
      icon: 'chip',
      act: () => told(checkCompute(toasts.tell)),
    },
    { id: 'folder', text: 'Open the data folder', icon: 'folder', act: () => told(shell.openDataFolder()) },
    { id: 'settings', text: 'Settings', icon: 'settings', keys: 'Ctrl ,', act: go(addressOf.settings()) },
    { id: 'keys', text: 'All keys', icon: 'keys', keys: '?', act: onKeys },
  );
  return commands;
}

function appearanceCommands(): Command[] {
  const other = shownTheme() === 'dark' ? 'light' : 'dark';
  const { density, theme, navigation } = preferences();
  const commands: Command[] = [
    {
      id: 'theme',
      text: `Switch to the ${other} theme`,
      icon: other === 'dark' ? 'moon' : 'sun',
      act: () => setPreference('theme', other),
    },
  ];
  if (theme !== 'system') {
    commands.push({
      id: 'theme-system',
      text: 'Theme as the system',
      icon: 'sun',
      act: () => setPreference('theme', 'system'),
    });
  }
  for (const choice of ['compact', 'default', 'relaxed'] as const) {
    if (choice === density) continue;
    commands.push({
      id: `density-${choice}`,
      text: densities[choice],
      icon: 'runs',
      act: () => setPreference('density', choice),
    });
  }
  commands.push({
    id: 'navigation',
    text: navigation === 'wide' ? 'Narrow navigation' : 'Wide navigation',
    icon: 'sidebar',
    keys: 'Ctrl B',
    act: () => setPreference('navigation', navigation === 'wide' ? 'narrow' : 'wide'),
  });
  return commands;
}

async function checkCompute(tell: (text: string) => void): Promise<void> {
  tell('Checking versions and devices');
  const items = await request('app.doctor', { check: 'fresh' });
  const troubles = items.filter(({ verdict }) => verdict !== 'ok');
  const device = items.find(({ key }) => key === 'device')?.value ?? 'no device';
  tell(
    troubles.length === 0 ? `All well: ${device}` : troubles.map(({ label, value }) => `${label}: ${value}`).join('; '),
  );
}
