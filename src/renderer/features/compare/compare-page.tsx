import { useMemo, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import './compare.css';
import type { MetricInfo } from '../../../shared/metrics/catalog.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { addressOf } from '../../app/addresses.ts';
import { shell } from '../../app/core.ts';
import { usePlace } from '../../app/crumbs.tsx';
import { plural } from '../../app/format.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { fileNameOf } from '../../charts/chart-csv.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, PageHead } from '../../ui/page.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { secondsAt } from './axis.ts';
import { CompareChart } from './compare-chart.tsx';
import { AddRunsDialog, SaveDialog } from './compare-dialogs.tsx';
import { CompareToolbar } from './compare-toolbar.tsx';
import { ConfigPanel } from './config-panel.tsx';
import { CostPanel } from './cost-panel.tsx';
import { type DifferenceTable, differenceTable } from './difference.ts';
import { DifferencePanel } from './difference-panel.tsx';
import { pointsCsv } from './export-csv.ts';
import { FieldPanel } from './field-panel.tsx';
import { type CompareGroup, compareGroups, comparisonTitle, type Grouping } from './groups.ts';
import { LegendPanel, type LegendPanelProps } from './legend-panel.tsx';
import { chooseMetric, metricOptions } from './metrics.ts';
import { NoComparison } from './no-comparison.tsx';
import { compareProtocols } from './protocols.ts';
import { useCompareRuns } from './use-compare-runs.ts';
import { type CompareView, useCompareView } from './use-compare-view.ts';
import { type RunLines, useRunLines } from './use-run-lines.ts';

/** Selected runs over each other; the address names them: /compare/ID,ID. */
export function ComparePage() {
  const { ids = '' } = useParams();
  const asked = useMemo(() => [...new Set(ids.split(',').map(decodeURIComponent).filter(Boolean))], [ids]);
  if (asked.length === 0) return <Start />;
  return <Comparison ids={asked} />;
}

function Start() {
  usePlace({ label: 'Compare' });
  return (
    <>
      <PageHead title="Compare" />
      <NoComparison />
    </>
  );
}

function Comparison({ ids }: { readonly ids: readonly string[] }) {
  const navigate = useNavigate();
  const { runs, missing, state } = useCompareRuns(ids);
  const [view, change] = useCompareView();
  const [open, setOpen] = useState<'nothing' | 'add' | 'save'>('nothing');
  const title = comparisonTitle(runs);
  usePlace({ label: 'Compare', to: addressOf.compare() }, { label: title });
  const grouping = view.grouping ?? (new Set(runs.map(({ groupKey }) => groupKey)).size > 1 ? 'all-but-seed' : 'run');
  const groups = useMemo(() => compareGroups(runs, grouping), [runs, grouping]);
  const metric = chooseMetric(runs, view.metric);
  const lines = useRunLines(ids, metric.key);
  const keep = (next: readonly string[]) => navigate(addressOf.compare(next));
  return (
    <>
      <PageHead title={title} sub={countWords(groups.length, runs, grouping)}>
        <Button look="quiet" icon="plus" onClick={() => setOpen('add')}>
          Add runs
        </Button>
        <ExportButton title={title} runs={runs} metric={metric.key} lines={lines} />
        <Button icon="pin" onClick={() => setOpen('save')}>
          Save comparison
        </Button>
      </PageHead>
      <CompareToolbar view={view} metric={metric} metrics={metricOptions(runs)} grouping={grouping} onChange={change} />
      {state === 'ready' && runs.length === 0 ? (
        <EmptyState icon="compare" title="None of these runs is here any more">
          {missing[0]?.reason}
        </EmptyState>
      ) : (
        <Panels
          title={title}
          groups={groups}
          grouping={grouping}
          metric={metric}
          lines={lines}
          missing={missing}
          view={view}
          onChange={change}
          onRemove={(gone) => keep(ids.filter((id) => !gone.includes(id)))}
        />
      )}
      {open === 'add' && <AddRunsDialog ids={ids} onClose={() => setOpen('nothing')} onPicked={keep} />}
      {open === 'save' && <SaveDialog title={title} ids={ids} onClose={() => setOpen('nothing')} />}
    </>
  );
}

/** By what runs are judged: as was chosen, but by their final evaluations where none was validated. */
const judgedOf = ({ judged }: CompareView, groups: readonly CompareGroup[]): CompareView['judged'] => {
  const finished = groups.flatMap((group) => group.finished);
  return judged === 'best' && finished.length > 0 && finished.every(({ best }) => best === null) ? 'final' : judged;
};

interface PanelsProps {
  readonly title: string;
  readonly groups: readonly CompareGroup[];
  readonly grouping: Grouping;
  readonly metric: MetricInfo;
  readonly lines: RunLines;
  readonly missing: LegendPanelProps['missing'];
  readonly view: CompareView;
  readonly onChange: (change: Partial<CompareView>) => void;
  readonly onRemove: LegendPanelProps['onRemove'];
}

/** All panels share what is hidden and what is under the pointer. */
function Panels({ title, groups, grouping, metric, lines, missing, view, onChange, onRemove }: PanelsProps) {
  const [baselineKey, setBaselineKey] = useState<string | null>(null);
  const visibility = useVisibility(groups.map(({ key }) => key));
  const { hidden, hovered } = visibility;
  const { patterns } = view;
  const judged = judgedOf(view, groups);
  const table = useMemo(() => differenceTable(groups, judged, baselineKey), [groups, judged, baselineKey]);
  const protocols = useMemo(() => compareProtocols(judgedRuns(table), judged), [table, judged]);
  const shown = useMemo(() => groups.filter(({ key }) => !hidden.has(key)), [groups, hidden]);
  const shownRuns = useMemo(() => shown.flatMap(({ runs }) => runs), [shown]);
  const raised = useMemo(() => {
    const group = groups.find(({ key }) => key === hovered);
    return group ? new Set(group.runs.map(({ id }) => id)) : null;
  }, [groups, hovered]);
  useShortcuts([
    ['H', () => hovered !== null && visibility.hide(hovered)],
    ['Shift H', () => hovered !== null && visibility.solo(hovered)],
  ]);
  return (
    <div className="cmp compare">
      <h2 className="sr-only">Charts and tables</h2>
      <LegendPanel
        {...{ groups, grouping, judged, patterns, hidden, missing, onRemove }}
        metric={table.metric}
        baseline={table.baseline?.key}
        onHover={visibility.hover}
        onHide={visibility.hide}
        onSolo={visibility.solo}
      />
      <CompareChart
        {...{ title, metric, view, lines }}
        groups={shown}
        hiddenGroups={groups.length - shown.length}
        highlighted={hovered}
      />
      <DifferencePanel
        {...{ table, judged, protocols, patterns, groups }}
        onJudged={(next) => onChange({ judged: next })}
        onBaseline={setBaselineKey}
      />
      <FieldPanel {...{ title, view, onChange, raised }} runs={shownRuns} />
      <ConfigPanel
        {...{ groups, grouping }}
        shown={view.configFields}
        onShown={(configFields) => onChange({ configFields })}
      />
      <CostPanel groups={shown} judged={judged} metric={table.metric} highlighted={hovered} />
    </div>
  );
}

/** Runs whose values stand in the table. */
const judgedRuns = ({ baseline, rows }: DifferenceTable): readonly RunSummary[] =>
  [...(baseline ? [baseline] : []), ...rows.map(({ group }) => group)].flatMap(({ finished }) => finished);

const countWords = (groups: number, runs: readonly RunSummary[], grouping: Grouping): string =>
  grouping === 'run' ? plural(runs.length, 'run') : `${plural(groups, 'group')}, ${plural(runs.length, 'run')}`;

/** Hidden groups and the one under the pointer. */
function useVisibility(keys: readonly string[]) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [hovered, setHovered] = useState<string | null>(null);
  return {
    hidden,
    hovered,
    hover: setHovered,
    hide: (key: string) => {
      const next = new Set(hidden);
      if (!next.delete(key)) next.add(key);
      setHidden(next);
    },
    /** Only this one; once more shows all again. */
    solo: (key: string) => {
      const others = keys.filter((other) => other !== key);
      const alone = !hidden.has(key) && others.every((other) => hidden.has(other));
      setHidden(alone ? new Set() : new Set(others));
    },
  };
}

interface ExportButtonProps {
  readonly title: string;
  readonly runs: readonly RunSummary[];
  readonly metric: string;
  readonly lines: RunLines;
}

function ExportButton({ title, runs, metric, lines }: ExportButtonProps) {
  const toasts = useToasts();
  const save = async (): Promise<void> => {
    try {
      const csv = pointsCsv(runs, metric, lines.lineOf, (id, step) => secondsAt(lines.clockOf(id), step));
      const name = `${fileNameOf(title, metric)}.csv`;
      if ((await shell.saveAs(name, new TextEncoder().encode(csv))) === 'saved') toasts.tell('Saved', 'download');
    } catch (thrown) {
      toasts.tellFailure(thrown);
    }
  };
  return (
    <Button
      look="quiet"
      icon="download"
      unavailable={lines.waiting > 0}
      onClick={() => lines.waiting === 0 && void save()}
    >
      Export<span className="val">every point</span>
    </Button>
  );
}
