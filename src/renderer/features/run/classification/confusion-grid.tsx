// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are chosen is a grid
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: cells of a grid are gridcells, which can be selected
import { type KeyboardEvent, useRef, useState } from 'react';
import { count } from '../../../app/format.ts';
import { classNames } from '../../../ui/class-names.ts';
import { LabelText } from './label-text.tsx';
import {
  type Cell,
  type ConfusionView,
  cellAfter,
  countAt,
  heatOf,
  type MatrixFacts,
  manyLabels,
  shareAt,
} from './matrix.ts';
import { share } from './words.ts';

export interface ConfusionGridProps {
  readonly facts: MatrixFacts;
  readonly labels: readonly string[];
  readonly view: ConfusionView;
  /** The cell whose examples are listed. */
  readonly chosen: Cell | null;
  readonly onChoose: (cell: Cell | null) => void;
  /** "Confusion matrix, 2,000 texts of the test split". */
  readonly name: string;
  /** What is counted, in the singular: "text". */
  readonly word: string;
}

/** Every pair of true and predicted label as a table with one tab stop: arrow keys move, Enter lists the examples. */
export function ConfusionGrid(props: ConfusionGridProps) {
  const { facts, labels, chosen, onChoose, name } = props;
  const table = useRef<HTMLTableElement>(null);
  const [cursor, setCursor] = useState<Cell>(chosen ?? { truth: 0, predicted: 0 });
  const toggle = (cell: Cell): void => onChoose(isSame(cell, chosen) ? null : cell);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = cellAfter(event.key, cursor, labels.length);
    if (next) {
      setCursor(next);
      table.current?.querySelector<HTMLElement>(`[data-cell="${next.truth}-${next.predicted}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') toggle(cursor);
    else if (event.key === 'Escape' && chosen) onChoose(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="conf-scroll">
      <table
        role="grid"
        className={classNames('conf', labels.length >= manyLabels && 'many')}
        aria-label={name}
        ref={table}
        onKeyDown={onKeyDown}
      >
        <Head labels={labels} />
        <tbody>
          {labels.map((label, truth) => (
            <TruthRow
              key={label}
              {...props}
              truth={truth}
              cursor={cursor.truth === truth ? cursor.predicted : null}
              onCursor={setCursor}
              toggle={toggle}
            />
          ))}
          <tr>
            <th scope="row" className="muted" title="Of what was taken for the label, the share that has it">
              precision
            </th>
            {labels.map((label, each) => (
              <td key={label} className="m">
                {share(shareAt(facts, { truth: each, predicted: each }, 'predicted'))}
              </td>
            ))}
            <td className="m" aria-hidden="true" />
          </tr>
        </tbody>
      </table>
    </div>
  );
}

const isSame = (cell: Cell, other: Cell | null): boolean =>
  other?.truth === cell.truth && other.predicted === cell.predicted;

function Head({ labels }: { readonly labels: readonly string[] }) {
  return (
    <thead>
      <tr>
        <td className="cap" />
        <th colSpan={labels.length} scope="colgroup" className="cap">
          Predicted
        </th>
        <td className="cap" />
      </tr>
      <tr className="names">
        <td className="cap">True</td>
        {labels.map((label) => (
          <th key={label} scope="col" title={label}>
            <span>
              <LabelText label={label} />
            </span>
          </th>
        ))}
        <th scope="col" className="muted" title="Of those that have the label, the share that was recognised">
          <span>recall</span>
        </th>
      </tr>
    </thead>
  );
}

interface TruthRowProps extends ConfusionGridProps {
  readonly truth: number;
  /** Predicted label of the cell that takes the focus; null where it is in another row. */
  readonly cursor: number | null;
  readonly onCursor: (cell: Cell) => void;
  readonly toggle: (cell: Cell) => void;
}

function TruthRow({ facts, labels, view, chosen, word, truth, cursor, onCursor, toggle }: TruthRowProps) {
  return (
    <tr>
      <th scope="row" title={`${labels[truth]}, ${count(facts.ofTrue[truth])}`}>
        <b>
          <LabelText label={labels[truth] ?? ''} />
        </b>
        <span>{count(facts.ofTrue[truth])}</span>
      </th>
      {labels.map((label, predicted) => {
        const cell = { truth, predicted };
        const sentence = cellSentence(facts, labels, cell, word);
        const on = isSame(cell, chosen);
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the table takes the keys of all its cells
          <td
            key={label}
            data-cell={`${truth}-${predicted}`}
            className={classNames(`h${heatOf(shareAt(facts, cell, 'true'))}`, on && 'on')}
            tabIndex={cursor === predicted ? 0 : -1}
            aria-selected={on}
            aria-label={sentence}
            title={sentence}
            onFocus={() => onCursor(cell)}
            onClick={() => toggle(cell)}
          >
            {cellText(facts, cell, view)}
          </td>
        );
      })}
      <td className="m">{share(shareAt(facts, { truth, predicted: truth }, 'true'))}</td>
    </tr>
  );
}

function cellText(facts: MatrixFacts, cell: Cell, view: ConfusionView): string {
  if (view === 'counts') return count(countAt(facts, cell));
  return share(shareAt(facts, cell, view === 'of-true' ? 'true' : 'predicted'));
}

/** "love taken for joy: 21 texts, 11.8 % of love, 3.0 % of what was taken for joy" */
export function cellSentence(facts: MatrixFacts, labels: readonly string[], cell: Cell, word: string): string {
  const [truth, predicted] = [labels[cell.truth], labels[cell.predicted]];
  const number = countAt(facts, cell);
  const what = cell.truth === cell.predicted ? `${truth} recognised` : `${truth} taken for ${predicted}`;
  const counted = `${count(number)} ${word}${number === 1 ? '' : 's'}`;
  return `${what}: ${counted}, ${share(shareAt(facts, cell, 'true'))} % of ${truth}, ${share(shareAt(facts, cell, 'predicted'))} % of what was taken for ${predicted}`;
}
