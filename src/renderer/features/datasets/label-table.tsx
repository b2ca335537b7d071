import type { LabelCounts } from '../../../shared/datasets/text.ts';
import { count, plural } from '../../app/format.ts';
import { splitOrder, splitWords } from './splits.ts';

const keys = { train: 'b-tr', validation: 'b-va', test: 'b-te', unused: 'b-un' } as const;
const total = (counts: LabelCounts): number => splitOrder.reduce((sum, split) => sum + counts[split], 0);

interface LabelTableProps {
  readonly labelCounts: readonly LabelCounts[];
  /** What one example is called: "text". */
  readonly noun: string;
}

/** Every label with its examples, in bars of their splits. */
export function LabelTable({ labelCounts, noun }: LabelTableProps) {
  const most = Math.max(1, ...labelCounts.map(total));
  const shown = splitOrder.filter((split) => labelCounts.some((counts) => counts[split] > 0));
  return (
    <section className="sec2" aria-label="Labels">
      <div className="sh">
        <h3>Labels</h3>
        <span className="legend t11 muted">
          {shown.map((split) => (
            <span key={split}>
              <i className={keys[split]} />
              {splitWords[split]}
            </span>
          ))}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reached by keyboard */}
      <section className="ltab-scroll" tabIndex={0} aria-label="All labels">
        <ul className="lbars splits">
          {labelCounts.map((counts) => (
            <li key={counts.label} title={labelWords(counts, noun)}>
              <span className="trunc">{counts.label}</span>
              <span className="stack">
                {shown.map((split) => (
                  <i key={split} className={keys[split]} style={{ width: `${(100 * counts[split]) / most}%` }} />
                ))}
              </span>
              <b className="num">{count(total(counts))}</b>
            </li>
          ))}
        </ul>
      </section>
    </section>
  );
}

const labelWords = (counts: LabelCounts, noun: string): string =>
  `${counts.label}: ${plural(total(counts), noun)}; ${splitOrder
    .filter((split) => counts[split] > 0)
    .map((split) => `${splitWords[split].toLowerCase()} ${count(counts[split])}`)
    .join(', ')}`;
