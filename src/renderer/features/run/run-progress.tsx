import type { CSSProperties } from 'react';
import { isFineTune } from '../../../shared/run-config/schema.ts';
import { type Checkpoint, isActive, type RunSummary } from '../../../shared/runs/run.ts';
import { useNow } from '../../app/clock.ts';
import { ago, count, duration, fixed, momentAhead, plural, timeLeft } from '../../app/format.ts';
import { epochNumber, exampleWord, stepsPerEpoch } from './epochs.ts';
import { phaseWords } from './waiting-words.ts';

export interface RunProgressProps {
  readonly run: RunSummary;
  readonly checkpoints: readonly Checkpoint[];
  readonly onCheckpoint: (checkpoint: Checkpoint) => void;
}

/** How far the run is, its checkpoints on the way (the best one amber), and the facts of its pace. */
export function RunProgress({ run, checkpoints, onCheckpoint }: RunProgressProps) {
  const total = Math.max(1, run.config.outer.iterations);
  const share = Math.min(1, run.iteration / total);
  return (
    <div className={isActive(run.state) ? 'runprog' : 'runprog idle'}>
      <div className="track">
        <div
          className="fill"
          role="progressbar"
          aria-label="Progress of the run"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(share * 10) * 10}
          aria-valuetext={`${count(run.iteration)} of ${count(total)} ${stepWord(run)}s`}
          style={{ '--v': `${(share * 100).toFixed(2)}%` } as CSSProperties}
        >
          <i />
        </div>
        {dotsOf(checkpoints, total).map(({ checkpoint, place, pressable }) => {
          const best = checkpoint.roles.includes('best');
          const style = { left: `${(place * 100).toFixed(2)}%` };
          if (!pressable) return <s key={checkpoint.id} style={style} />;
          return (
            <button
              key={checkpoint.id}
              type="button"
              className={best ? 'best' : ''}
              style={style}
              aria-label={`Checkpoint at ${count(checkpoint.iteration)}${best ? ', the best' : ''}`}
              title={`Checkpoint at ${count(checkpoint.iteration)}${best ? ', best by validation' : ''}`}
              onClick={() => onCheckpoint(checkpoint)}
            />
          );
        })}
      </div>
      <Facts run={run} checkpoints={checkpoints} />
    </div>
  );
}

interface Dot {
  readonly checkpoint: Checkpoint;
  /** Along the track, in [0, 1]. */
  readonly place: number;
  readonly pressable: boolean;
}

/** Share of the track that a button of 24 px takes in the smallest window. */
const buttonShare = 0.028;

/** Dots of the track. Where they crowd only the most important can be pressed; the tab lists all. */
export function dotsOf(checkpoints: readonly Checkpoint[], total: number): Dot[] {
  const rank = ({ roles }: Checkpoint): number => (roles.includes('best') ? 0 : roles.includes('last') ? 1 : 2);
  const taken: number[] = [];
  return [...checkpoints]
    .sort((a, b) => rank(a) - rank(b) || a.iteration - b.iteration)
    .map((checkpoint) => {
      const place = Math.min(1, checkpoint.iteration / total);
      const pressable = taken.every((other) => Math.abs(other - place) >= buttonShare);
      if (pressable) taken.push(place);
      return { checkpoint, place, pressable };
    })
    .sort((a, b) => a.place - b.place);
}

function Facts({ run, checkpoints }: Pick<RunProgressProps, 'run' | 'checkpoints'>) {
  const now = useNow();
  const last = checkpoints.reduce((latest, { createdAt }) => Math.max(latest, createdAt), 0);
  const speed = run.iterationsPerSecond;
  const doing = isActive(run.state) && run.phase !== 'training' ? phaseWords(run) : null;
  return (
    <dl>
      <div>
        <dt>
          of {count(run.config.outer.iterations)} {stepWord(run)}s{epochsDone(run)}
        </dt>
        <dd>{count(run.iteration)}</dd>
      </div>
      {run.state === 'running' && run.etaMs !== null && (
        <div>
          <dt>left, ends about {momentAhead(now + run.etaMs, now)}</dt>
          <dd>{timeLeft(run.etaMs)}</dd>
        </div>
      )}
      {run.state === 'queued' && (
        <div>
          <dt>in the queue</dt>
          <dd>{run.queuePosition === 1 ? 'next' : `place ${run.queuePosition ?? '–'}`}</dd>
        </div>
      )}
      {run.computeMs > 0 && (
        <div title="Time spent computing, pauses excluded">
          <dt>{isActive(run.state) ? 'elapsed' : 'of compute'}</dt>
          <dd>{duration(run.computeMs)}</dd>
        </div>
      )}
      {(speed !== null || run.engine) && (
        <div title={engineTitle(run)}>
          <dt>
            {[
              speed === null ? '' : `${pace(speed * run.config.outer.metaBatch)} ${learnedWord(run)}s/s`,
              engineWords(run),
            ]
              .filter(Boolean)
              .join(', ')}
          </dt>
          {speed !== null && (
            <dd>
              {pace(speed)} {isFineTune(run.config) ? 'steps/s' : 'it/s'}
            </dd>
          )}
        </div>
      )}
      {checkpoints.length > 0 && (
        <div>
          <dt>
            {checkpoints.length === 1 ? 'checkpoint' : 'checkpoints'}, last {ago(last, now)}
          </dt>
          <dd>{count(checkpoints.length)}</dd>
        </div>
      )}
      {doing && (
        <div>
          <dd className="doing">{doing}</dd>
        </div>
      )}
    </dl>
  );
}

const stepWord = ({ config }: RunSummary): string => (isFineTune(config) ? 'step' : 'iteration');
const learnedWord = ({ config }: RunSummary): string => (isFineTune(config) ? exampleWord(config) : 'task');

/** ", epoch 2.4 of 4" */
function epochsDone({ config, iteration }: RunSummary): string {
  const steps = stepsPerEpoch(config);
  if (steps === null || !('epochs' in config.algorithm)) return '';
  return `, epoch ${epochNumber(iteration, steps)} of ${count(config.algorithm.epochs)}`;
}

const pace = (perSecond: number): string => fixed(perSecond, perSecond >= 100 ? 0 : 1);

/** How the steps are run, honestly: "compiled graph", or eager with its reason. */
function engineWords({ engine }: RunSummary): string {
  if (!engine) return '';
  const how = engine.mode === 'compiled' ? 'compiled graph' : `eager${engine.reason ? `: ${engine.reason}` : ''}`;
  return engine.xla === 'on' ? `${how}, XLA` : how;
}

function engineTitle({ engine }: RunSummary): string {
  if (!engine) return '';
  const parts = [
    engine.deviceName,
    `TensorFlow ${engine.tensorflow}`,
    engine.mode === 'compiled'
      ? `${count(engine.operations)} operations, recorded in ${duration(engine.recordMs)}`
      : '',
    `${plural(engine.stepsPerCall, 'step')} a call`,
    `tasks ${engine.taskBatching}`,
    `XLA ${engine.xla}`,
  ];
  return parts.filter(Boolean).join(' · ');
}
