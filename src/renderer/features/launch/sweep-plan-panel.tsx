import { Link } from 'react-router';
import { labelOfPath } from '../../../shared/run-config/field-label.ts';
import type { SweepAxis } from '../../../shared/sweeps/sweep.ts';
import { addressOf } from '../../app/addresses.ts';
import { bytes, count, duration, plural } from '../../app/format.ts';
import { Segmented } from '../../ui/choices.tsx';
import { fieldOf } from './draft.ts';
import { Start } from './plan-panel.tsx';
import type { PlannedSweep, SweepPlan } from './use-sweep-plan.ts';
import { valueText } from './values.ts';

export interface SweepPlanPanelProps {
  readonly axes: readonly SweepAxis[];
  readonly seeds: readonly number[];
  readonly planned: PlannedSweep;
  /** Whether nothing is wrong. */
  readonly valid: boolean;
  readonly existing: 'skip' | 'again';
  readonly onExisting: (existing: 'skip' | 'again') => void;
}

const ways = [
  { value: 'skip', label: 'Skip' },
  { value: 'again', label: 'Run again' },
] as const;
const mostCompared = 100;
const mostShown = 8;

/** The product of the swept fields with the seeds: how many runs, which exist, how long the rest would take. */
export function SweepPlanPanel({ axes, seeds, planned, valid, existing, onExisting }: SweepPlanPanelProps) {
  const plan = valid && planned.plan?.errors.length === 0 ? planned.plan : undefined;
  const unknown = valid && planned.state === 'waiting' ? 'measuring' : '–';
  const missing = plan && runsToLaunch(plan, existing);
  return (
    <section aria-label="Plan">
      <header>
        <h3>Plan</h3>
        <span className="t11 muted">seed by seed</span>
      </header>
      <p className="t12 product" aria-live="polite">
        {productWords(axes, seeds, plan)}
      </p>
      <dl className="kv">
        {axes.map(({ path, values }) => (
          <Axis key={path} path={path} values={values} />
        ))}
        <dt>Runs to launch</dt>
        <dd>
          <b className="strong">{missing === undefined ? unknown : count(missing)}</b>
        </dd>
        <dt>Each run</dt>
        <dd>{plan ? eachWords(plan) : unknown}</dd>
        <dt>All, one by one</dt>
        <dd>
          <b className="strong">{plan ? allWords(plan, existing) : unknown}</b>
        </dd>
        {plan?.memory && (
          <>
            <dt>Memory each</dt>
            <dd title={plan.memory.source}>
              up to {bytes(plan.memory.peakBytes)} <span className="muted">of {bytes(plan.memory.freeBytes)} free</span>
            </dd>
          </>
        )}
        <dt>Would start</dt>
        <dd>
          <Start />
        </dd>
      </dl>
      {plan?.estimate && <p className="t11 muted under">Time: {plan.estimate.source}.</p>}
      {plan && plan.existing.length > 0 && (
        <div className="there">
          <span className="t12">
            <Link to={addressOf.compare([...new Set(plan.existing)].slice(0, mostCompared))}>
              {plural(plan.existing.length, 'run')}
            </Link>{' '}
            {plan.existing.length === 1 ? 'exists' : 'exist'} already
          </span>
          <Segmented
            label="Runs that exist already"
            size="small"
            value={existing}
            options={ways}
            onChange={onExisting}
          />
        </div>
      )}
    </section>
  );
}

/** How many runs a launch would make. */
export const runsToLaunch = (plan: SweepPlan, existing: 'skip' | 'again'): number =>
  existing === 'skip' ? plan.runs - plan.existing.length : plan.runs;

/** "3 × 3 values × 5 seeds = 45 runs, 12 exist already" */
export function productWords(
  axes: readonly SweepAxis[],
  seeds: readonly number[],
  plan: Pick<SweepPlan, 'configs' | 'runs' | 'existing'> | undefined,
): string {
  const product = axes.reduce((all, { values }) => all * values.length, 1);
  const factors = axes.map(({ values }) => values.length).join(' × ');
  const what = axes.length === 1 && product === 1 ? 'value' : 'values';
  const runs = plan?.runs ?? product * seeds.length;
  const merged =
    plan && plan.configs < product
      ? `, ${count(plan.configs)} different ${plan.configs === 1 ? 'config' : 'configs'},`
      : '';
  const exist = plan?.existing.length ?? 0;
  const there = exist > 0 ? `, ${count(exist)} ${exist === 1 ? 'exists' : 'exist'} already` : '';
  return `${factors} ${what}${merged} × ${plural(seeds.length, 'seed')} = ${plural(runs, 'run')}${there}`;
}

function Axis({ path, values }: SweepAxis) {
  const field = fieldOf(path);
  const words = values.map((value) => (field ? valueText(field, value) : String(value)));
  const shown = words.slice(0, mostShown).join(Array.isArray(values[0]) ? '; ' : ', ');
  return (
    <>
      <dt>{labelOfPath(path)}</dt>
      <dd title={words.join(', ')}>
        {shown}
        {words.length > mostShown && ` … (${words.length})`}
      </dd>
    </>
  );
}

function eachWords({ estimate }: SweepPlan): string {
  if (!estimate || estimate.shortestMs === null || estimate.longestMs === null) return '–';
  const [short, long] = [duration(estimate.shortestMs), duration(estimate.longestMs)];
  return short === long ? `about ${short}` : `about ${short} to ${long}`;
}

function allWords(plan: SweepPlan, existing: 'skip' | 'again'): string {
  const { estimate, runs } = plan;
  if (runsToLaunch(plan, existing) === 0) return 'nothing is left';
  if (!estimate || estimate.missingMs === null || estimate.shortestMs === null) return '–';
  const again = existing === 'again' && runs > 0 && plan.existing.length > 0;
  return again ? `over ${duration(estimate.missingMs)}` : duration(estimate.missingMs);
}
