import { type CSSProperties, useMemo } from 'react';
import type { RunConfig } from '../../../../shared/run-config/schema.ts';
import type { Classification, ClassMetrics } from '../../../../shared/runs/classification-report.ts';
import { count, percentNumber } from '../../../app/format.ts';
import { Panel } from '../../../ui/page.tsx';
import { exampleWord } from '../epochs.ts';
import { LabelText } from './label-text.tsx';
import { mostLabelsInGrid } from './matrix.ts';
import { type ExampleFilter, evaluationSentence, evaluationWords } from './words.ts';

export interface ClassesPanelProps {
  readonly config: RunConfig;
  readonly shown: Classification;
  readonly onFilter: (filter: ExampleFilter) => void;
}

/** Smallest F1 first; labels that no example has come last, since nothing was measured of them. */
export const weakestFirst = (classes: readonly ClassMetrics[]): readonly ClassMetrics[] =>
  [...classes].sort((a, b) => Number(a.support === 0) - Number(b.support === 0) || a.f1 - b.f1 || a.label - b.label);

/** Where the bars begin, a round share below the weakest: bars that all look full say nothing. */
export function barsFrom(classes: readonly ClassMetrics[]): number {
  const lowest = Math.min(1, ...classes.filter(({ support }) => support > 0).map(({ f1 }) => f1));
  return lowest < 0.5 ? 0 : Math.max(0, Math.floor((lowest - 0.1) * 10) / 10);
}

/** F1 of each label, weakest first, and what it is mostly taken for; of several labels at once, all their numbers. */
export function ClassesPanel({ config, shown, onFilter }: ClassesPanelProps) {
  const { report, labels, evaluation, labelMode } = shown;
  const classes = useMemo(() => weakestFirst(report.classes), [report.classes]);
  const from = barsFrom(classes);
  const several = labelMode === 'multi';
  /** Precision and recall stand in the confusion matrix, where there is one. */
  const columns = several || labels.length > mostLabelsInGrid ? 'all' : 'f1';
  const word = exampleWord(config);
  return (
    <Panel
      title={several ? 'Labels' : 'Classes'}
      sub={
        <span title={evaluationSentence(evaluation, config)}>
          weakest first{several ? ` · ${evaluationWords(evaluation, config)}, said from 0.5 on` : ''}
        </span>
      }
      className="grow2"
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section className="scroll-table" tabIndex={0} aria-label="Numbers of each class">
        <table className="mini clst">
          <thead>
            <tr>
              <th scope="col">{several ? 'Label' : 'Class'}</th>
              <th scope="col" className="n">
                {word[0]!.toUpperCase() + word.slice(1)}s
              </th>
              {columns === 'all' && (
                <>
                  <th scope="col" className="n" title="Of what was said to have the label, the share that has it">
                    Precision
                  </th>
                  <th scope="col" className="n" title="Of those that have the label, the share that was recognised">
                    Recall
                  </th>
                </>
              )}
              <th scope="col" className="n" title="Harmonic mean of precision and recall, in %">
                F1
              </th>
              <th scope="col">
                {percentNumber(from, 0)} to 100
                <span className="sr-only"> % F1, as a bar</span>
              </th>
              {!several && <th scope="col">Mostly taken for</th>}
            </tr>
          </thead>
          <tbody>
            {classes.map((each) => (
              <tr key={each.label}>
                <th scope="row">
                  <button
                    type="button"
                    className="link trunc"
                    title={`List the mistakes with ${labels[each.label]}`}
                    onClick={() => onFilter({ truth: each.label, predicted: null, which: 'wrong' })}
                  >
                    <LabelText label={labels[each.label] ?? ''} />
                  </button>
                </th>
                <Numbers of={each} from={from} columns={columns} />
                {!several && <td className="muted trunc">{takenFor(each, labels)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}

interface NumbersProps {
  readonly of: ClassMetrics;
  readonly from: number;
  readonly columns: 'all' | 'f1';
}

function Numbers({ of: each, from, columns }: NumbersProps) {
  const bar = { '--v': `${Math.max(0, ((each.f1 - from) / (1 - from)) * 100).toFixed(1)}%` } as CSSProperties;
  const measured = each.support > 0;
  return (
    <>
      <td className="n muted">{count(each.support)}</td>
      {columns === 'all' && (
        <>
          <td className="n">{measured ? percentNumber(each.precision) : '–'}</td>
          <td className="n">{measured ? percentNumber(each.recall) : '–'}</td>
        </>
      )}
      <td className="n">{measured ? percentNumber(each.f1) : '–'}</td>
      <td className="f1bar" aria-hidden="true">
        {measured && (
          <span className="meter" style={bar}>
            <i />
          </span>
        )}
      </td>
    </>
  );
}

const takenFor = ({ mostlyTakenFor, support }: ClassMetrics, labels: readonly string[]): string =>
  support === 0
    ? 'no example'
    : mostlyTakenFor
      ? `${labels[mostlyTakenFor.label]} (${count(mostlyTakenFor.count)})`
      : '–';
