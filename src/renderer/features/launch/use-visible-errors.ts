import { useEffect, useMemo, useRef, useState } from 'react';
import type { FieldError } from '../../../shared/run-config/field-error.ts';
import { errorsByField } from './draft.ts';

/** Errors to show: not that of the field being typed in, unless it was wrong before; all after a try to launch. */
export function useVisibleErrors(errors: readonly FieldError[]) {
  const [focused, setFocused] = useState<string | null>(null);
  const revealed = useRef(new Set<string>());
  const [, redraw] = useState(0);
  const byField = useMemo(() => errorsByField(errors), [errors]);
  const shown = new Map([...byField].filter(([path]) => path !== focused || revealed.current.has(path)));
  useEffect(() => {
    for (const path of shown.keys()) revealed.current.add(path);
  });
  return {
    errors: shown,
    setFocused,
    reveal: (path: string) => {
      revealed.current.add(path);
    },
    revealAll: () => {
      for (const path of byField.keys()) revealed.current.add(path);
      redraw((times) => times + 1);
    },
  };
}
