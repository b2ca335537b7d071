import { useEffect } from 'react';
import { metricOf } from '../../../shared/run-config/task-facts.ts';
import type { Checkpoint, RunSummary } from '../../../shared/runs/run.ts';
import { useNow } from '../../app/clock.ts';
import { ago, bytes, count, exactMoment, loss, percent } from '../../app/format.ts';
import { Tag } from '../../ui/marks.tsx';
import { EmptyState, Panel } from '../../ui/page.tsx';
import { placeInTraining, stepsPerEpoch } from './epochs.ts';

export interface CheckpointsTabProps {
  readonly run: RunSummary;
  readonly checkpoints: readonly Checkpoint[];
  /** Iteration of the checkpoint that was clicked on the track. */
  readonly at: number | null;
}

const roleWords = { best: 'best by validation', last: 'last', periodic: 'kept' } as const;

/** What was saved: where, why, how large; the best and the last can be evaluated and gone on from. */
export function CheckpointsTab({ run, checkpoints, at }: CheckpointsTabProps) {
  const now = useNow();
  useEffect(() => {
    if (at !== null) document.getElementById(`checkpoint-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  if (checkpoints.length === 0) {
    const every = run.config.checkpoints.every;
    return (
      <EmptyState icon="save" title="No checkpoint yet">
        {every > 0
          ? `One is kept after every ${count(every)} iterations, besides the best and the last.`
          : 'Only the best and the last are kept.'}
      </EmptyState>
    );
  }
  const newest = [...checkpoints].sort((a, b) => b.iteration - a.iteration);
  const epochs = stepsPerEpoch(run.config) !== null;
  const regression = metricOf(run.config) === 'loss';
  return (
    <div className="tab-page">
      <Panel title="Checkpoints" sub={`${bytes(checkpoints.reduce((sum, each) => sum + each.bytes, 0))} on disk`}>
        <table className="mini">
          <thead>
            <tr>
              <th scope="col" className="n">
                {epochs ? 'Step' : 'Iteration'}
              </th>
              <th scope="col">Kept as</th>
              <th scope="col" className="n">
                Validation {regression ? 'loss' : 'accuracy'}
              </th>
              <th scope="col" className="n">
                Size
              </th>
              <th scope="col">Saved</th>
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            {newest.map((each) => (
              <tr key={each.id} id={`checkpoint-${each.iteration}`} className={each.iteration === at ? 'on' : ''}>
                <th scope="row" className="n">
                  {count(each.iteration)}
                  {epochs && <span className="muted"> · {placeInTraining(run.config, each.iteration)}</span>}
                </th>
                <td>
                  <span className="row">
                    {each.roles.map((role) => (
                      <Tag key={role} look={role === 'best' ? 'warn' : 'edge'}>
                        {roleWords[role]}
                      </Tag>
                    ))}
                  </span>
                </td>
                <td className="n">{regression ? loss(each.validation) : percent(each.validation)}</td>
                <td className="n">{bytes(each.bytes)}</td>
                <td title={exactMoment(each.createdAt)}>{ago(each.createdAt, now)}</td>
                <td className="mono muted" title={each.sha256}>
                  {each.sha256.slice(0, 12)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </div>
  );
}
