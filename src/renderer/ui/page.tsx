import { type CSSProperties, type ReactNode, useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';

export interface PageHeadProps {
  readonly title: ReactNode;
  /** Beside the title: "1,284 runs". */
  readonly sub?: ReactNode;
  /** Buttons at the right. */
  readonly children?: ReactNode;
}

/** The 52 px row on top of a page. */
export function PageHead({ title, sub, children }: PageHeadProps) {
  return (
    <header className="head" data-region="Page header">
      <h1>{title}</h1>
      {sub && <span className="sub">{sub}</span>}
      <span className="grow" />
      {children}
    </header>
  );
}

export interface PanelProps {
  readonly title: ReactNode;
  /** Names smoothing, filtering, sampling, intervals: nothing is hidden quietly. */
  readonly sub?: ReactNode;
  readonly tools?: ReactNode;
  readonly className?: string;
  readonly style?: CSSProperties;
  readonly children: ReactNode;
}

export function Panel({ title, sub, tools, className, style, children }: PanelProps) {
  return (
    <section className={classNames('panel', className)} style={style}>
      <header>
        <h2>{title}</h2>
        {sub && (
          <span className="sub" title={typeof sub === 'string' ? sub : undefined}>
            {sub}
          </span>
        )}
        {tools && <div className="tools">{tools}</div>}
      </header>
      {children}
    </section>
  );
}

export interface EmptyStateProps {
  readonly icon?: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** What a page says when it has nothing to show, and what to do about it. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="empty">
      {icon && <Icon name={icon} className="empty-icon" />}
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action && <div className="row">{action}</div>}
    </div>
  );
}

/** True once `ms` have passed: a skeleton that comes earlier only flickers. */
export function useAfter(ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

/** A grey shape in the place of what is loading; appears after 150 ms, never before. */
export function Skeleton({ width, height = 12 }: { readonly width: number | string; readonly height?: number }) {
  const shown = useAfter(150);
  return <span className="skeleton" style={{ width, height, visibility: shown ? 'visible' : 'hidden' }} />;
}

export interface FailureLineProps {
  /** One sentence: what happened, what to do. */
  readonly message: string;
  readonly onRetry?: () => void;
}

/** One line above what could not be loaded; what was there stays. */
export function FailureLine({ message, onRetry }: FailureLineProps) {
  return (
    <div className="failure-line" role="alert">
      <Icon name="alert" small />
      <span className="grow">{message}</span>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** The 26 px line at the bottom of a page. */
export function StatusBar({ children, right }: { readonly children: ReactNode; readonly right?: ReactNode }) {
  return (
    <footer className="status">
      {children}
      <span className="grow" />
      {right}
    </footer>
  );
}
