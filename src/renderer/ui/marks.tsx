import type { CSSProperties, ReactNode } from 'react';
import type { RunState } from '../../shared/runs/run.ts';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

/** The words of the states, as UI.md section 7 spells them. */
export const stateWords: Readonly<Record<RunState, string>> = {
  queued: 'Queued',
  starting: 'Starting',
  running: 'Running',
  pausing: 'Pausing',
  paused: 'Paused',
  stopping: 'Stopping',
  completed: 'Completed',
  stopped: 'Stopped',
  interrupted: 'Interrupted',
  failed: 'Failed',
};

export interface StateMarkProps {
  readonly state: RunState;
  /** Share of the iterations done, in [0, 1]; draws the arc of an active run. */
  readonly done?: number;
  /** `hidden` where the word stands beside it. */
  readonly label?: 'spoken' | 'hidden';
}

const circumference = 2 * Math.PI * 5.5;

/** State as icon shape first, colour second. */
export function StateMark({ state, done = 0.1, label = 'spoken' }: StateMarkProps) {
  const said = label === 'spoken' ? { role: 'img', 'aria-label': stateWords[state] } : { 'aria-hidden': true };
  const draw = (name: string, shape: ReactNode) => (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or hidden where the word stands beside it
    <svg className={`st st-${name}`} viewBox="0 0 16 16" {...said}>
      {shape}
    </svg>
  );
  switch (state) {
    case 'queued':
      return draw('queued', <circle className="t" cx="8" cy="8" r="5.5" strokeDasharray="1.7 2.1" />);
    case 'starting':
    case 'running':
    case 'pausing':
    case 'stopping': {
      const arc = Math.max(0.04, Math.min(done, 1)) * circumference;
      return draw(
        'running',
        <>
          <circle className="t" cx="8" cy="8" r="5.5" />
          <circle
            className="p"
            cx="8"
            cy="8"
            r="5.5"
            strokeDasharray={`${arc.toFixed(1)} ${circumference.toFixed(1)}`}
            transform="rotate(-90 8 8)"
          />
        </>,
      );
    }
    case 'paused':
      return draw(
        'paused',
        <>
          <circle className="t" cx="8" cy="8" r="5.5" />
          <path className="p" d="M6.4 5.8v4.4M9.6 5.8v4.4" />
        </>,
      );
    case 'completed':
      return draw(
        'done',
        <>
          <circle className="t" cx="8" cy="8" r="5.5" />
          <path className="p" d="m5.5 8.2 1.8 1.8 3.3-3.7" />
        </>,
      );
    case 'stopped':
      return draw(
        'stopped',
        <>
          <circle className="t" cx="8" cy="8" r="5.5" />
          <rect className="q" x="5.8" y="5.8" width="4.4" height="4.4" rx=".6" />
        </>,
      );
    case 'interrupted':
      return draw(
        'interrupted',
        <>
          <path className="t" d="M8 2.5A5.5 5.5 0 1 1 2.7 6.5" />
          <path className="p" d="M8 5.3V8.5M8 10.5v.2" />
        </>,
      );
    case 'failed':
      return draw(
        'failed',
        <>
          <circle className="f" cx="8" cy="8" r="6.2" />
          <path className="p" d="m6 6 4 4M10 6l-4 4" />
        </>,
      );
  }
}

/** Mark and word in a pill, for a header. */
export function StateBadge({ state, done }: { readonly state: RunState; readonly done?: number }) {
  const look =
    state === 'failed'
      ? 'failed'
      : state === 'paused' || state === 'interrupted'
        ? 'held'
        : state === 'running' || state === 'starting' || state === 'pausing' || state === 'stopping'
          ? 'running'
          : '';
  return (
    <span className={classNames('badge', look)}>
      <StateMark state={state} {...(done === undefined ? {} : { done })} label="hidden" />
      {stateWords[state]}
    </span>
  );
}

export type TagLook = 'edge' | 'plain' | 'accent' | 'ok' | 'warn' | 'danger';

export function Tag({ look = 'edge', title, children }: { look?: TagLook; title?: string; children: ReactNode }) {
  return (
    <span className={classNames('tag', look !== 'edge' && look)} title={title}>
      {children}
    </span>
  );
}

/** A value in a field that can be taken out. */
export function Chip({ label, onRemove }: { readonly label: string; readonly onRemove?: () => void }) {
  return (
    <span className="chip">
      {label}
      {onRemove && (
        <button type="button" aria-label={`Remove ${label}`} onClick={onRemove}>
          <Icon name="x" />
        </button>
      )}
    </span>
  );
}

export interface MeterProps {
  /** In [0, 1]. */
  readonly value: number;
  readonly label: string;
  /** In words: "4.3 of 12 GB". */
  readonly text: string;
  readonly colour?: string;
}

/** How much of something is in use. */
export function Meter({ value, label, text, colour }: MeterProps) {
  const percent = Math.round(Math.max(0, Math.min(1, value)) * 100);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native meter cannot be styled alike on all systems
    <span
      className="meter"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
      style={{ '--v': `${percent}%`, ...(colour ? { '--c': colour } : {}) } as CSSProperties}
    >
      <i />
    </span>
  );
}

export interface ProgressBarProps {
  readonly done: number;
  readonly total: number;
  readonly label: string;
  readonly text: string;
}

/** How far something has come; the words change at most every 10 % for screen readers. */
export function ProgressBar({ done, total, label, text }: ProgressBarProps) {
  const share = total > 0 ? Math.max(0, Math.min(1, done / total)) : 0;
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(share * 10) * 10}
      aria-valuetext={text}
      style={{ '--v': `${(share * 100).toFixed(1)}%` } as CSSProperties}
    >
      <i />
    </div>
  );
}
