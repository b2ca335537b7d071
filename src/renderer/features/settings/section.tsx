import type { ReactNode } from 'react';

export interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}

/** A part of the settings. */
export function Section({ id, title, children }: SectionProps) {
  return (
    <section className="panel setting-section" aria-labelledby={`settings-${id}`} id={id}>
      <h2 id={`settings-${id}`}>{title}</h2>
      {children}
    </section>
  );
}

export interface SettingRowProps {
  readonly label: string;
  /** The control's id, where a click on the label should reach it. */
  readonly htmlFor?: string;
  readonly help?: ReactNode;
  readonly children?: ReactNode;
}

/** Label and help at the left, control at the right. */
export function SettingRow({ label, htmlFor, help, children }: SettingRowProps) {
  return (
    <div className="setting">
      <div className="grow">
        {htmlFor ? <label htmlFor={htmlFor}>{label}</label> : <span className="label">{label}</span>}
        {help && <p className="t11 muted">{help}</p>}
      </div>
      <div className="ctl">{children}</div>
    </div>
  );
}
