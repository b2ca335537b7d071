import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import { addressOf } from '../../app/addresses.ts';
import { usePlace } from '../../app/crumbs.tsx';
import { count } from '../../app/format.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, FailureLine, PageHead, Skeleton } from '../../ui/page.tsx';
import { type TabItem, Tabs } from '../../ui/tabs.tsx';
import { useTagging } from '../runs/action-bar.tsx';
import { neighbour } from '../runs/page-memory.ts';
import { useRunActs } from '../runs/use-run-acts.ts';
import { ChartsTab } from './charts-tab.tsx';
import { CheckpointsTab } from './checkpoints-tab.tsx';
import { ConfigTab } from './config-tab.tsx';
import { EvaluateDialog } from './evaluate-dialog.tsx';
import { FailureStrip } from './failure-strip.tsx';
import { LogTab } from './log-tab.tsx';
import { NotesTab } from './notes-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { RunHeader } from './run-header.tsx';
import { RunProgress } from './run-progress.tsx';
import { SystemTab } from './system-tab.tsx';
import { useCheckpoints, useEvaluations, useLiveRun } from './use-live-run.ts';
import { useLog } from './use-log.ts';

const tabs = ['overview', 'charts', 'config', 'system', 'log', 'checkpoints', 'notes'] as const;
type Tab = (typeof tabs)[number];

const tabOf = (text: string | undefined): Tab => tabs.find((tab) => tab === text) ?? 'overview';

/** One run: its header, how far it is, and everything known of it in tabs. */
export function RunPage() {
  const { id = '', tab } = useParams();
  const asked = useLiveRun(id);
  const navigate = useNavigate();
  usePlace({ label: 'Runs', to: addressOf.runs() }, { label: asked.value?.name ?? id });
  if (asked.value) return <Run key={id} run={asked.value} tab={tabOf(tab)} failure={asked.failure?.message} />;
  if (asked.state === 'waiting') return <RunSkeleton />;
  return (
    <EmptyState
      icon="alert"
      title={asked.failure?.code === 'not-found' ? 'There is no such run' : 'The run cannot be read'}
      action={
        <>
          <Button onClick={() => navigate(addressOf.runs())}>All runs</Button>
          <Button onClick={asked.refresh}>Try again</Button>
        </>
      }
    >
      {asked.failure?.message}
    </EmptyState>
  );
}

interface RunProps {
  readonly run: RunSummary;
  readonly tab: Tab;
  readonly failure: string | undefined;
}

function Run({ run, tab, failure }: RunProps) {
  const navigate = useNavigate();
  const acts = useRunActs();
  const tagging = useTagging(acts);
  const evaluations = useEvaluations(run.id).value ?? [];
  const checkpoints = useCheckpoints(run.id).value ?? [];
  const log = useLog(run.id);
  const [renaming, setRenaming] = useState(false);
  const [evaluating, setEvaluating] = useState(false);
  const [checkpointAt, setCheckpointAt] = useState<number | null>(null);
  const open = (next: Tab): void => void navigate(addressOf.run(run.id, next), { replace: true });
  const evaluate = checkpoints.length > 0 && !isActive(run.state) ? () => setEvaluating(true) : undefined;
  const goTo = (by: 1 | -1): void => {
    const other = neighbour(run.id, by);
    if (other) navigate(addressOf.run(other, tab), { replace: true });
  };
  useShortcuts([
    ...tabs.map((each, index) => [String(index + 1), () => open(each)] as const),
    ['[', () => goTo(-1)],
    [']', () => goTo(1)],
    ['P', () => acts.pauseOrResume(run)],
    ['Ctrl S', () => run.state === 'running' && acts.checkpoint(run)],
    ['F2', () => setRenaming(true)],
    ['T', () => tagging.open([run])],
    ['S', () => acts.star([run], run.starred === 'yes' ? 'no' : 'yes')],
    ['E', () => acts.archive([run], run.archived === 'yes' ? 'no' : 'yes')],
    ['Ctrl D', () => acts.clone(run)],
    ['C', () => navigate(addressOf.compare([run.id]))],
    ['Delete', () => acts.remove([run])],
  ]);
  const items: readonly TabItem<Tab>[] = [
    { value: 'overview', label: 'Overview' },
    { value: 'charts', label: 'Charts' },
    { value: 'config', label: 'Config' },
    { value: 'system', label: 'System' },
    { value: 'log', label: 'Log' },
    {
      value: 'checkpoints',
      label: 'Checkpoints',
      ...(checkpoints.length > 0 ? { count: count(checkpoints.length) } : {}),
    },
    { value: 'notes', label: 'Notes' },
  ];
  return (
    <>
      <RunHeader
        run={run}
        acts={acts}
        renaming={renaming}
        onRenaming={setRenaming}
        onTag={() => tagging.open([run])}
        onEvaluate={evaluate}
      />
      <RunProgress
        run={run}
        checkpoints={checkpoints}
        onCheckpoint={({ iteration }) => {
          setCheckpointAt(iteration);
          open('checkpoints');
        }}
      />
      {failure && <FailureLine message={failure} />}
      <FailureStrip run={run} checkpoints={checkpoints} acts={acts} onLog={() => open('log')} />
      <Tabs label="Run" value={tab} items={items} onChange={open} panelId="run-panel" />
      <div className="tab-panel" role="tabpanel" id="run-panel" aria-labelledby={`run-panel-${tab}`} data-region="Run">
        {tab === 'overview' && (
          <OverviewTab run={run} evaluations={evaluations} log={log} onLog={() => open('log')} onEvaluate={evaluate} />
        )}
        {tab === 'charts' && <ChartsTab run={run} />}
        {tab === 'config' && <ConfigTab run={run} />}
        {tab === 'system' && <SystemTab run={run} />}
        {tab === 'log' && <LogTab log={log} />}
        {tab === 'checkpoints' && <CheckpointsTab run={run} checkpoints={checkpoints} at={checkpointAt} />}
        {tab === 'notes' && <NotesTab run={run} />}
      </div>
      {tagging.dialog}
      {evaluating && <EvaluateDialog run={run} onClose={() => setEvaluating(false)} />}
    </>
  );
}

function RunSkeleton() {
  return (
    <>
      <PageHead title={<Skeleton width={220} height={18} />} />
      <div className="runprog">
        <Skeleton width="100%" height={6} />
      </div>
      <div className="tab-panel">
        <div className="detail" aria-busy="true">
          {['a', 'b', 'c', 'd'].map((area) => (
            <section className={`panel area-${area}`} key={area} />
          ))}
        </div>
      </div>
    </>
  );
}
