import { useRef, useState } from 'react';
import { isActive, type RunState } from '../../shared/runs/run.ts';
import { useEvent } from './core.ts';

/** Tells screen readers, politely, when a run ends or fails, whatever page is open. */
export function RunAnnouncer() {
  const states = useRef(new Map<string, RunState>());
  const [said, setSaid] = useState('');
  useEvent('run.changed', ({ run }) => {
    const before = states.current.get(run.id);
    states.current.set(run.id, run.state);
    if (before === undefined || !isActive(before) || isActive(run.state)) return;
    const reason = run.state === 'failed' && run.failure ? ` ${run.failure.message}` : '';
    setSaid(`${run.name} is ${run.state}.${reason}`);
  });
  return (
    <p className="sr-only" role="status">
      {said}
    </p>
  );
}
