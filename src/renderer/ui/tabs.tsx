import { type ReactNode, useRef } from 'react';

export interface TabItem<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly count?: ReactNode;
}

export interface TabsProps<Value extends string> {
  readonly value: Value;
  readonly items: readonly TabItem<Value>[];
  readonly onChange: (value: Value) => void;
  readonly label: string;
  /** The id of the panel that they switch; it needs role="tabpanel". */
  readonly panelId: string;
}

/** Tabs that follow focus, as the ARIA practice has it. */
export function Tabs<Value extends string>({ value, items, onChange, label, panelId }: TabsProps<Value>) {
  const buttons = useRef<(HTMLButtonElement | null)[]>([]);
  const go = (index: number): void => {
    const item = items[(index + items.length) % items.length];
    if (!item) return;
    onChange(item.value);
    buttons.current[items.indexOf(item)]?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label}>
      {items.map((item, index) => (
        <button
          key={item.value}
          ref={(element) => {
            buttons.current[index] = element;
          }}
          type="button"
          role="tab"
          id={`${panelId}-${item.value}`}
          aria-selected={item.value === value}
          aria-controls={panelId}
          tabIndex={item.value === value ? 0 : -1}
          onClick={() => onChange(item.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') go(index + 1);
            else if (event.key === 'ArrowLeft') go(index - 1);
            else if (event.key === 'Home') go(0);
            else if (event.key === 'End') go(items.length - 1);
            else return;
            event.preventDefault();
          }}
        >
          {item.label}
          {item.count !== undefined && <span className="muted num">{item.count}</span>}
        </button>
      ))}
    </div>
  );
}
