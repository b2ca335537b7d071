import { countsExamples, taskFacts } from '../../../shared/run-config/task-facts.ts';
import type { Evaluation, RunSummary } from '../../../shared/runs/run.ts';
import { measured, measuredParts } from '../../app/format.ts';
import { bestProtocol } from '../runs/cells.tsx';
import { placeInTraining } from './epochs.ts';
import { measureName, protocolSentence } from './protocol-words.ts';

/** The number that the run is about, with everything it depends on, and the untrained network beside it. */
export function ResultCard({ run }: { readonly run: RunSummary }) {
  const { final, best } = run;
  if (final) return <FinalCard run={run} final={final} />;
  if (!best) {
    return (
      <section className="panel res">
        <p className="t12 muted">The result stands here after the first validation.</p>
      </section>
    );
  }
  const parts = measuredParts(best);
  return (
    <section className="panel res" aria-label="Result so far">
      <div className="big">
        <b>{parts.value}</b>
        <span>
          {parts.interval} {parts.unit}
        </span>
      </div>
      <p className="t11 muted">{bestProtocol(run)}</p>
      {run.untrained && <Untrained evaluation={run.untrained} />}
    </section>
  );
}

function FinalCard({ run, final }: { readonly run: RunSummary; readonly final: Evaluation }) {
  const parts = measuredParts({ metric: final.metric, value: final.mean, ci95: final.ci95 });
  return (
    <section className="panel res" aria-label="Final result">
      <div className="big">
        <b>{parts.value}</b>
        <span>
          {parts.interval} {parts.unit}
        </span>
      </div>
      <p className="t11 muted">
        <b className="soft">
          {measureName(final)} at {placeInTraining(run.config, final.iteration)}
        </b>
        , 95 % CI over {taskFacts[final.protocol.task].counted}. {protocolSentence(final.protocol)}
      </p>
      {run.untrained && <Untrained evaluation={run.untrained} />}
    </section>
  );
}

function Untrained({ evaluation }: { readonly evaluation: Evaluation }) {
  return (
    <p className="untrained t12" title={protocolSentence(evaluation.protocol)}>
      <span className="muted">
        {countsExamples(evaluation.protocol.task) ? 'Before training' : 'Untrained, adapted alike'}
      </span>
      <b className="num">{measured({ metric: evaluation.metric, value: evaluation.mean, ci95: evaluation.ci95 })}</b>
    </p>
  );
}
