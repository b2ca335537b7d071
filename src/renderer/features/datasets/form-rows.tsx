import { type ReactNode, useId } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { TextInput } from '../../ui/text-input.tsx';

/** A labelled line of a form with any controls. */
export function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="f">
      <span className="label">{label}</span>
      <div className="ctl">{children}</div>
    </div>
  );
}

export interface TextRowProps {
  readonly label: string;
  readonly unit?: string;
  readonly look: 'short' | 'long';
  readonly value: string;
  readonly error: string;
  readonly onChange: (value: string) => void;
  readonly onLeave: () => void;
}

/** A labelled text field; what is wrong with it stands below. */
export function TextRow({ label, unit, look, value, error, onChange, onLeave }: TextRowProps) {
  const id = useId();
  return (
    <div className={error ? 'f bad' : 'f'}>
      <label htmlFor={id}>{label}</label>
      <div className="ctl">
        <TextInput
          id={id}
          className={look === 'short' ? 'num' : 'grow'}
          value={value}
          invalid={error !== ''}
          aria-describedby={error ? `${id}-wrong` : undefined}
          onChange={onChange}
          onBlur={onLeave}
        />
        {unit && <span className="muted t11">{unit}</span>}
      </div>
      {error && <Wrong id={`${id}-wrong`} text={error} />}
    </div>
  );
}

/** What is wrong, beside an alert sign. */
export function Wrong({ id, text }: { readonly id?: string; readonly text: string }) {
  return (
    <p className="msg" id={id} role="alert">
      <Icon name="alert" small />
      <span>{text}</span>
    </p>
  );
}
