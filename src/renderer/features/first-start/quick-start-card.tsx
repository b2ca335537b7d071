import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';

export interface QuickStartCardProps {
  readonly picture: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly method: string;
  readonly model: string;
  readonly data: string;
  readonly time: string;
  readonly act: string;
  readonly actIcon: IconName;
  readonly look: 'plain' | 'primary';
  /** What is going on, in the place of the time. */
  readonly busy: ReactNode;
  /** Why it cannot be started, and what to do instead. */
  readonly trouble: ReactNode;
  readonly onStart: () => void;
}

/** One way to begin: what it learns, with what, on what, how long. */
export function QuickStartCard(props: QuickStartCardProps) {
  const { picture, title, text, method, model, data, time, act, actIcon, look, busy, trouble, onStart } = props;
  return (
    <article className="qs" aria-label={title}>
      <div className="pic">{picture}</div>
      <h2>{title}</h2>
      <p>{text}</p>
      <dl>
        <div>
          <dt>Method</dt>
          <dd>{method}</dd>
        </div>
        <div>
          <dt>Model</dt>
          <dd>{model}</dd>
        </div>
        <div>
          <dt>Data</dt>
          <dd>{data}</dd>
        </div>
      </dl>
      {trouble && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      <footer>
        {busy ?? (
          <span className="time">
            <Icon name="clock" small />
            {time}
          </span>
        )}
        {!busy && (
          <Button icon={actIcon} look={look} aria-label={`${act}: ${title}`} onClick={onStart}>
            {act}
          </Button>
        )}
      </footer>
    </article>
  );
}
