import { count, plural } from '../../app/format.ts';
import { classNames } from '../../ui/class-names.ts';

interface FirstRowsProps {
  readonly columns: readonly string[];
  /** Cells as they stand, in the order of the columns. */
  readonly rows: readonly (readonly string[])[];
  /** What an import takes columns for, by name; others it leaves out. */
  readonly used: ReadonlyMap<string, string>;
}

/** The first rows of a table that is to be imported. */
export function FirstRows({ columns, rows, used }: FirstRowsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reached by keyboard
    <section className="tprev-rows" tabIndex={0} aria-label="First rows">
      <table className="mini">
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} className={classNames(used.has(name) && 'used')}>
                {name}
                {used.has(name) && used.get(name) !== name && <span> {used.get(name)}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
            <tr key={row}>
              {columns.map((name, at) => (
                <td key={name} className={classNames(!used.has(name) && 'unused')} title={cells[at]}>
                  {cells[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const barsShown = 5;

interface LabelBarsProps {
  readonly labels: readonly { readonly label: string; readonly examples: number }[];
  readonly labelsTotal: number;
}

/** The most frequent labels with their examples. */
export function LabelBars({ labels, labelsTotal }: LabelBarsProps) {
  const most = Math.max(1, ...labels.map(({ examples }) => examples));
  const shown = labels.slice(0, barsShown);
  const more = labelsTotal - shown.length;
  return (
    <ul className="lbars" aria-label="Labels">
      {shown.map(({ label, examples }) => (
        <li key={label}>
          <span className="trunc" title={label}>
            {label}
          </span>
          <i style={{ width: `${(100 * examples) / most}%` }} />
          <b className="num">{count(examples)}</b>
        </li>
      ))}
      {more > 0 && <li className="muted">and {plural(more, 'more label', 'more labels')}</li>}
    </ul>
  );
}
