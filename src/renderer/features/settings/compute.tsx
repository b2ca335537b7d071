import { useEffect, useId, useState } from 'react';
import { request, useRequest } from '../../app/core.ts';
import { NumberInput } from '../../ui/number-input.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { parallelRunsKey, parallelRunsOf, parallelRunsTrouble } from './parallel-runs.ts';
import { Section, SettingRow } from './section.tsx';

export function Compute() {
  const settings = useRequest('settings.get', null);
  const toasts = useToasts();
  const id = useId();
  const [typed, setTyped] = useState<number | null>(1);
  const stored = settings.value ? parallelRunsOf(settings.value[parallelRunsKey]) : null;
  useEffect(() => {
    if (stored !== null) setTyped(stored);
  }, [stored]);
  const trouble = parallelRunsTrouble(typed);
  const change = (value: number | null): void => {
    setTyped(value);
    if (parallelRunsTrouble(value) !== '' || value === stored) return;
    request('settings.set', { key: parallelRunsKey, value: String(value) }).then(settings.refresh, toasts.tellFailure);
  };
  return (
    <Section id="compute" title="Compute">
      <SettingRow
        label="Runs at a time"
        htmlFor={id}
        help={
          trouble === '' ? (
            'More than one shares the cores: each gets slower, and measured times no longer compare.'
          ) : (
            <span className="wrong" id={`${id}-wrong`}>
              {trouble}
            </span>
          )
        }
      >
        <NumberInput
          id={id}
          value={typed}
          step={1}
          invalid={trouble !== ''}
          aria-describedby={trouble === '' ? undefined : `${id}-wrong`}
          onChange={change}
        />
      </SettingRow>
    </Section>
  );
}
