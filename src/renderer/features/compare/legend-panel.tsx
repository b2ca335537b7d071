import { Link } from 'react-router';
import { addressOf } from '../../app/addresses.ts';
import { measuredParts } from '../../app/format.ts';
import { Swatch } from '../../charts/swatch.tsx';
import { IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Panel } from '../../ui/page.tsx';
import { type Judged, type JudgedMetric, summaryOf } from './difference.ts';
import { type CompareGroup, type Grouping, membersWords } from './groups.ts';

export interface LegendPanelProps {
  readonly groups: readonly CompareGroup[];
  readonly grouping: Grouping;
  readonly judged: Judged;
  readonly metric: JudgedMetric;
  readonly baseline: string | undefined;
  readonly hidden: ReadonlySet<string>;
  readonly patterns: 'on' | 'off';
  readonly missing: readonly { readonly id: string; readonly reason: string }[];
  readonly onHover: (key: string | null) => void;
  readonly onHide: (key: string) => void;
  readonly onSolo: (key: string) => void;
  /** Out of the comparison. */
  readonly onRemove: (runIds: readonly string[]) => void;
}

/** The groups by their value: hover raises, the eye hides, solo or a double click shows only one. */
export function LegendPanel(props: LegendPanelProps) {
  const { groups, grouping, judged, metric, hidden, missing, onRemove } = props;
  const better = metric === 'accuracy' ? -1 : 1;
  const listed = groups
    .map((group) => ({ group, value: summaryOf(group, judged, metric) }))
    .sort(
      (a, b) =>
        Number(hidden.has(a.group.key)) - Number(hidden.has(b.group.key)) ||
        better * ((a.value?.value ?? Number.NaN) - (b.value?.value ?? Number.NaN)) ||
        (a.value ? 0 : 1) - (b.value ? 0 : 1),
    );
  const word = judged === 'best' ? 'best validation' : 'final';
  return (
    <Panel
      title={grouping === 'run' ? 'Runs' : 'Groups'}
      sub={`${word} ${metric}${metric === 'accuracy' ? ' (%)' : ''}`}
      className="legend-panel"
    >
      <ul className="legend">
        {listed.map(({ group, value }) => (
          <Row key={group.key} group={group} value={value} {...props} />
        ))}
        {missing.map(({ id, reason }) => (
          <li key={id} className="off">
            <span className="nm2">
              <span className="trunc mono">{id}</span>
              <span className="t11 muted" title={reason}>
                {reason}
              </span>
            </span>
            <IconButton size="small" icon="x" label={`Take ${id} out`} onClick={() => onRemove([id])} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface RowProps extends LegendPanelProps {
  readonly group: CompareGroup;
  readonly value: ReturnType<typeof summaryOf>;
}

function Row({ group, value, grouping, baseline, hidden, patterns, onHover, onHide, onSolo, onRemove }: RowProps) {
  const off = hidden.has(group.key);
  const [only] = group.runs;
  const single = group.runs.length === 1;
  return (
    <li
      className={classNames(`s${group.colour}`, off && 'off')}
      onPointerEnter={() => onHover(group.key)}
      onPointerLeave={() => onHover(null)}
      onFocus={() => onHover(group.key)}
      onBlur={() => onHover(null)}
      onDoubleClick={() => onSolo(group.key)}
    >
      <Swatch colour={group.colour} dashed={patterns === 'on'} />
      <span className="nm2">
        {single ? (
          <Link className="trunc" to={addressOf.run(only!.id)} title={group.name}>
            {middleCut(group.name)}
          </Link>
        ) : (
          <span className="trunc" title={group.runs.map(({ name }) => name).join(', ')}>
            {middleCut(group.name)}
          </span>
        )}
        <span className="t11 muted trunc">
          {membersWords(group, grouping)}
          {group.key === baseline ? ', baseline' : ''}
          {off ? ', hidden' : ''}
        </span>
      </span>
      <Value value={value} group={group} />
      <span className="acts">
        <IconButton size="small" icon="solo" label={`Only ${group.name}`} onClick={() => onSolo(group.key)} />
        <IconButton
          size="small"
          icon={off ? 'eyeoff' : 'eye'}
          label={`${off ? 'Show' : 'Hide'} ${group.name}`}
          onClick={() => onHide(group.key)}
        />
        <IconButton
          size="small"
          icon="x"
          label={`Take ${group.name} out`}
          onClick={() => onRemove(group.runs.map(({ id }) => id))}
        />
      </span>
    </li>
  );
}

function Value({ value, group }: { readonly value: RowProps['value']; readonly group: CompareGroup }) {
  if (!value) return <span className="v num muted">–</span>;
  const parts = measuredParts(value);
  const done = group.finished.length;
  const under = parts.interval ?? (done === 0 ? 'so far' : group.runs.length > 1 ? `${done} done` : '');
  return (
    <span className="v num">
      {parts.value}
      <small>{under}</small>
    </span>
  );
}

const longestName = 21;

/** A long name with its middle left out: what tells runs apart mostly stands at the end. */
const middleCut = (name: string): string =>
  name.length <= longestName ? name : `${name.slice(0, 8)}…${name.slice(9 - longestName)}`;
