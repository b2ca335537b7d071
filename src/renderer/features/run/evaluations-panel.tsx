import { countsExamples, metricOf, taskFacts } from '../../../shared/run-config/task-facts.ts';
import type { Evaluation, RunSummary } from '../../../shared/runs/run.ts';
import { count, measured, percentNumber } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/page.tsx';
import { placeInTraining } from './epochs.ts';
import { kindWords, protocolSentence, shortTask } from './protocol-words.ts';

export interface EvaluationsPanelProps {
  readonly run: RunSummary;
  readonly evaluations: readonly Evaluation[];
  readonly className?: string;
  readonly onEvaluate: (() => void) | undefined;
  /** A sentence below the table. */
  readonly note?: string | null;
}

const shownValidations = 3;

/** What matters first: final, what was asked for, untrained; then the latest validations. */
export function rankEvaluations(evaluations: readonly Evaluation[]): readonly Evaluation[] {
  const of = (kind: Evaluation['kind']): Evaluation[] =>
    evaluations
      .filter((each) => each.kind === kind)
      .sort((a, b) => b.iteration - a.iteration || b.createdAt - a.createdAt);
  return [...of('final'), ...of('requested'), ...of('untrained'), ...of('validation').slice(0, shownValidations)];
}

/** "test, 20w · 1s", or of examples the split. */
function whereWords({ kind, protocol }: Evaluation): string {
  if (countsExamples(protocol.task)) return protocol.split;
  const split = kind === 'validation' || protocol.split === 'generated' ? '' : `${protocol.split}, `;
  return `${split}${shortTask(protocol)}`;
}

/** Every result of this run, each with what it depends on. */
export function EvaluationsPanel({ run, evaluations, className, onEvaluate, note = null }: EvaluationsPanelProps) {
  const ranked = rankEvaluations(evaluations);
  const metric = metricOf(run.config) === 'accuracy' ? 'Accuracy' : 'Error (MSE)';
  const { counted } = taskFacts[run.config.task.kind];
  const tuned = countsExamples(run.config.task.kind);
  const withF1 = ranked.some(({ classification }) => classification);
  const validations = evaluations.filter(({ kind }) => kind === 'validation').length;
  return (
    <Panel
      title="Evaluations"
      sub={validations > shownValidations ? `the latest ${shownValidations} of ${count(validations)} validations` : ''}
      tools={
        onEvaluate && (
          <Button size="small" look="quiet" icon="check" onClick={onEvaluate}>
            Evaluate…
          </Button>
        )
      }
      {...(className ? { className } : {})}
    >
      {ranked.length === 0 ? (
        <div className="chart-empty">No evaluation yet</div>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard
        <section className="scroll-table" tabIndex={0} aria-label="Evaluations of the run">
          <table className="mini">
            <thead>
              <tr>
                <th scope="col">Kind</th>
                <th scope="col" className="n">
                  At
                </th>
                <th scope="col" className="n">
                  {metric} ± 95 % CI
                </th>
                {withF1 && (
                  <th scope="col" className="n">
                    Macro F1
                  </th>
                )}
                <th scope="col">{tuned ? 'Split' : 'Tasks'}</th>
                <th scope="col" className="n">
                  {counted[0]!.toUpperCase() + counted.slice(1)}
                </th>
              </tr>
            </thead>
            <tbody>
              {ranked.map((each) => (
                <tr key={each.id} title={protocolSentence(each.protocol)}>
                  <th scope="row">{kindWords[each.kind]}</th>
                  <td className="n">{tuned ? placeInTraining(run.config, each.iteration) : count(each.iteration)}</td>
                  <td className="n">{measured({ metric: each.metric, value: each.mean, ci95: each.ci95 })}</td>
                  {withF1 && <td className="n">{percentNumber(each.classification?.macroF1)}</td>}
                  <td>{whereWords(each)}</td>
                  <td className="n">{count(each.protocol.episodes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {note && <p className="foot">{note}</p>}
    </Panel>
  );
}
