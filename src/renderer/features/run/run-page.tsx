import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { type Checkpoint, type Evaluation, isActive, type RunSummary } from '../../../shared/runs/run.ts';
import { addressOf } from '../../app/addresses.ts';
import { usePlace } from '../../app/crumbs.tsx';
import { count } from '../../app/format.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, FailureLine, PageHead, Skeleton } from '../../ui/page.tsx';
import { type TabItem, Tabs } from '../../ui/tabs.tsx';
import { useTagging } from '../runs/action-bar.tsx';
import { neighbour } from '../runs/page-memory.ts';
import { type RunActs, useRunActs } from '../runs/use-run-acts.ts';
import { ChartsTab } from './charts-tab.tsx';
import { CheckpointsTab } from './checkpoints-tab.tsx';
import { Figures } from './classification/figures.tsx';
import { MistakesTab } from './classification/mistakes-tab.tsx';
import { type ClassificationView, useClassification } from './classification/use-classification.ts';
import { mistakes } from './classification/words.ts';
import { ConfigTab } from './config-tab.tsx';
import { EvaluateDialog } from './evaluate-dialog.tsx';
import { makesModel } from './export-choices.ts';
import { ExportDialog } from './export-dialog.tsx';
import { FailureStrip } from './failure-strip.tsx';
import { LogTab } from './log-tab.tsx';
import { NotesTab } from './notes-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { RunHeader } from './run-header.tsx';
import { RunProgress } from './run-progress.tsx';
import { SystemTab } from './system-tab.tsx';
import { useAdopt } from './use-adopt.ts';
import { useCheckpoints, useEvaluations, useLiveRun } from './use-live-run.ts';
import { useLog } from './use-log.ts';

const tabs = ['overview', 'charts', 'mistakes', 'config', 'system', 'log', 'checkpoints', 'notes'] as const;
type Tab = (typeof tabs)[number];

const noEvaluations: readonly Evaluation[] = [];

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
  const checkpoints = useCheckpoints(run.id).value ?? [];
  const [renaming, setRenaming] = useState(false);
  const [evaluating, setEvaluating] = useState(false);
  const [exporting, setExporting] = useState(false);
  const adopt = useAdopt(run);
  const view = useClassification(run);
  const items = tabItems(checkpoints.length, view);
  const [checkpointAt, setCheckpointAt] = useState<number | null>(null);
  const open = (next: Tab): void => void navigate(addressOf.run(run.id, next), { replace: true });
  const evaluate = checkpoints.length > 0 && !isActive(run.state) ? () => setEvaluating(true) : undefined;
  useRunKeys({ run, tab, items, acts, open, rename: () => setRenaming(true), tag: () => tagging.open([run]) });
  return (
    <>
      <RunHeader
        run={run}
        acts={acts}
        renaming={renaming}
        onRenaming={setRenaming}
        onTag={() => tagging.open([run])}
        onEvaluate={evaluate}
        onExport={() => setExporting(true)}
        onAdopt={checkpoints.length > 0 && makesModel(run) ? adopt : undefined}
      />
      {view.shown && !isActive(run.state) ? (
        <Figures run={run} shown={view.shown} />
      ) : (
        <RunProgress
          run={run}
          checkpoints={checkpoints}
          onCheckpoint={({ iteration }) => {
            setCheckpointAt(iteration);
            open('checkpoints');
          }}
        />
      )}
      {failure && <FailureLine message={failure} />}
      <FailureStrip run={run} checkpoints={checkpoints} acts={acts} onLog={() => open('log')} />
      <Tabs label="Run" value={tab} items={items} onChange={open} panelId="run-panel" />
      <div className="tab-panel" role="tabpanel" id="run-panel" aria-labelledby={`run-panel-${tab}`} data-region="Run">
        <TabContent {...{ run, tab, view, checkpoints, checkpointAt, open, evaluate }} />
      </div>
      {tagging.dialog}
      {exporting && <ExportDialog run={run} checkpoints={checkpoints.length} onClose={() => setExporting(false)} />}
      {evaluating && <EvaluateDialog run={run} onClose={() => setEvaluating(false)} />}
    </>
  );
}

const tabItems = (checkpoints: number, { shown }: ClassificationView): readonly TabItem<Tab>[] => [
  { value: 'overview', label: 'Overview' },
  { value: 'charts', label: 'Charts' },
  ...(shown ? [{ value: 'mistakes' as const, label: 'Mistakes', count: count(mistakes(shown)) }] : []),
  { value: 'config', label: 'Config' },
  { value: 'system', label: 'System' },
  { value: 'log', label: 'Log' },
  { value: 'checkpoints', label: 'Checkpoints', ...(checkpoints > 0 ? { count: count(checkpoints) } : {}) },
  { value: 'notes', label: 'Notes' },
];

interface TabContentProps {
  readonly run: RunSummary;
  readonly tab: Tab;
  readonly view: ClassificationView;
  readonly checkpoints: readonly Checkpoint[];
  readonly checkpointAt: number | null;
  readonly open: (tab: Tab) => void;
  readonly evaluate: (() => void) | undefined;
}

function TabContent({ run, tab, view, checkpoints, checkpointAt, open, evaluate }: TabContentProps) {
  const evaluations = useEvaluations(run.id).value ?? noEvaluations;
  const log = useLog(run.id);
  switch (tab) {
    case 'overview':
      return (
        <OverviewTab
          run={run}
          view={view}
          evaluations={evaluations}
          log={log}
          onLog={() => open('log')}
          onEvaluate={evaluate}
        />
      );
    case 'charts':
      return <ChartsTab run={run} />;
    case 'mistakes':
      return view.shown ? (
        <MistakesTab run={run} shown={view.shown} view={view} onTry={() => open('overview')} />
      ) : (
        <EmptyState icon="check" title={view.failure ?? 'No predictions are kept of this run'} />
      );
    case 'config':
      return <ConfigTab run={run} />;
    case 'system':
      return <SystemTab run={run} />;
    case 'log':
      return <LogTab log={log} />;
    case 'checkpoints':
      return <CheckpointsTab run={run} checkpoints={checkpoints} at={checkpointAt} />;
    case 'notes':
      return <NotesTab run={run} />;
  }
}

interface RunKeys {
  readonly run: RunSummary;
  readonly tab: Tab;
  readonly items: readonly TabItem<Tab>[];
  readonly acts: RunActs;
  readonly open: (tab: Tab) => void;
  readonly rename: () => void;
  readonly tag: () => void;
}

function useRunKeys({ run, tab, items, acts, open, rename, tag }: RunKeys): void {
  const navigate = useNavigate();
  const goTo = (by: 1 | -1): void => {
    const other = neighbour(run.id, by);
    if (other) navigate(addressOf.run(other, tab), { replace: true });
  };
  useShortcuts([
    ...items.map(({ value }, index) => [String(index + 1), () => open(value)] as const),
    ['[', () => goTo(-1)],
    [']', () => goTo(1)],
    ['P', () => acts.pauseOrResume(run)],
    ['Ctrl S', () => run.state === 'running' && acts.checkpoint(run)],
    ['F2', rename],
    ['T', tag],
    ['S', () => acts.star([run], run.starred === 'yes' ? 'no' : 'yes')],
    ['E', () => acts.archive([run], run.archived === 'yes' ? 'no' : 'yes')],
    ['Ctrl D', () => acts.clone(run)],
    ['C', () => navigate(addressOf.compare([run.id]))],
    ['Delete', () => acts.remove([run])],
  ]);
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
