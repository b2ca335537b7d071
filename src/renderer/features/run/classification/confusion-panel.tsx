import { useMemo, useState } from 'react';
import type { RunConfig } from '../../../../shared/run-config/schema.ts';
import type { Classification } from '../../../../shared/runs/classification-report.ts';
import { count } from '../../../app/format.ts';
import { Segmented } from '../../../ui/choices.tsx';
import { Panel } from '../../../ui/page.tsx';
import { exampleWord } from '../epochs.ts';
import { ConfusionGrid } from './confusion-grid.tsx';
import { type Cell, type ConfusionView, confusedPairs, type Matrix, matrixFacts, mostLabelsInGrid } from './matrix.ts';
import { type ExampleFilter, evaluationSentence, evaluationWords, examples, share } from './words.ts';

export interface ConfusionPanelProps {
  readonly config: RunConfig;
  readonly shown: Classification;
  readonly matrix: Matrix;
  readonly filter: ExampleFilter;
  readonly onFilter: (filter: ExampleFilter) => void;
}

/** Filter for the examples of a cell; all mistakes where none is chosen. */
export const filterOf = (cell: Cell | null): ExampleFilter =>
  cell
    ? { ...cell, which: cell.truth === cell.predicted ? 'all' : 'wrong' }
    : { truth: null, predicted: null, which: 'wrong' };

const cellOf = ({ truth, predicted }: ExampleFilter): Cell | null =>
  truth === null || predicted === null ? null : { truth, predicted };

/** What was taken for what; a press lists the examples. */
export function ConfusionPanel({ config, shown, matrix, filter, onFilter }: ConfusionPanelProps) {
  const [view, setView] = useState<ConfusionView>('counts');
  const facts = useMemo(() => matrixFacts(matrix), [matrix]);
  const { labels, evaluation } = shown;
  const word = exampleWord(config);
  const onChoose = (cell: Cell | null): void => onFilter(filterOf(cell));
  const inGrid = labels.length <= mostLabelsInGrid;
  return (
    <Panel
      title="Confusion"
      sub={<span title={evaluationSentence(evaluation, config)}>{evaluationWords(evaluation, config)}</span>}
      className="conf-panel"
      tools={
        inGrid && (
          <Segmented
            size="small"
            label="What cells say"
            value={view}
            onChange={setView}
            options={[
              { value: 'counts', label: 'Counts' },
              { value: 'of-true', label: '% of true' },
              { value: 'of-predicted', label: '% of predicted' },
            ]}
          />
        )
      }
    >
      {inGrid ? (
        <>
          <ConfusionGrid
            facts={facts}
            labels={labels}
            view={view}
            chosen={cellOf(filter)}
            onChoose={onChoose}
            name={`Confusion matrix, ${examples(evaluation.examples, config)} of the ${evaluation.split} split`}
            word={word}
          />
          <p className="foot">
            Shade: share of the true class. A click on a cell lists its {word}s; arrow keys move, Enter opens.
          </p>
        </>
      ) : (
        <ConfusedPairs facts={facts} labels={labels} filter={filter} onChoose={onChoose} word={word} />
      )}
    </Panel>
  );
}

const mostPairs = 100;

interface ConfusedPairsProps {
  readonly facts: ReturnType<typeof matrixFacts>;
  readonly labels: readonly string[];
  readonly filter: ExampleFilter;
  readonly onChoose: (cell: Cell | null) => void;
  readonly word: string;
}

/** In the place of a table with too many cells: what is confused most often. */
function ConfusedPairs({ facts, labels, filter, onChoose, word }: ConfusedPairsProps) {
  const pairs = useMemo(() => confusedPairs(facts), [facts]);
  const chosen = cellOf(filter);
  if (pairs.length === 0) return <div className="chart-empty">Nothing was confused</div>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section className="scroll-table pairs" tabIndex={0} aria-label="Most confused pairs">
        <table className="mini">
          <thead>
            <tr>
              <th scope="col">True</th>
              <th scope="col">Taken for</th>
              <th scope="col" className="n">
                Number
              </th>
              <th scope="col" className="n">
                % of true
              </th>
            </tr>
          </thead>
          <tbody>
            {pairs.slice(0, mostPairs).map((pair) => {
              const on = chosen?.truth === pair.truth && chosen.predicted === pair.predicted;
              return (
                <tr key={`${pair.truth}-${pair.predicted}`} className={on ? 'on' : ''}>
                  <th scope="row">
                    <button type="button" className="link" aria-pressed={on} onClick={() => onChoose(on ? null : pair)}>
                      {labels[pair.truth]}
                    </button>
                  </th>
                  <td>{labels[pair.predicted]}</td>
                  <td className="n">{count(pair.count)}</td>
                  <td className="n">{share(pair.share)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p className="foot">
        {count(labels.length)} labels are too many for a table of all pairs; these are confused most often
        {pairs.length > mostPairs ? `, ${mostPairs} of ${count(pairs.length)}` : ''}. A click lists their {word}s.
      </p>
    </>
  );
}
