import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { FieldError } from '../../../shared/run-config/field-error.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { addressOf } from '../../app/addresses.ts';
import { asFailure, request } from '../../app/core.ts';
import { plural } from '../../app/format.ts';
import { useToasts } from '../../ui/toast.tsx';
import { checkDraft, type Draft, errorsByField, fieldOf } from './draft.ts';
import { focusField } from './form-focus.ts';
import { runsToLaunch } from './sweep-plan-panel.tsx';
import { useCheck } from './use-check.ts';
import { sweepRequest, useSweepPlan } from './use-sweep-plan.ts';
import { useVisibleErrors } from './use-visible-errors.ts';

/**
 * What is wrong with a draft, here and in the core's eyes, and the way from it to runs. `onLaunched` is called before
 * the page is left; `onHiddenField` when the focus goes to a field that the form does not show yet.
 */
export function useLaunch(draft: Draft, onLaunched: () => void, onHiddenField: () => void) {
  const navigate = useNavigate();
  const toasts = useToasts();
  const [launching, setLaunching] = useState<'no' | 'now' | 'queue'>('no');
  const [refused, setRefused] = useState<{ draft: Draft; errors: readonly FieldError[] } | null>(null);
  const checked = useMemo(() => checkDraft(draft), [draft]);
  const answer = useCheck(checked.config);
  const planned = useSweepPlan(checked);
  const [existing, setExisting] = useState<'skip' | 'again'>('skip');
  const sweeping = checked.axes.length > 0;
  const errors = useMemo(() => {
    if (checked.errors.length > 0) return checked.errors;
    if (refused?.draft === draft && refused.errors.length > 0) return refused.errors;
    return (sweeping ? planned.plan?.errors : answer.answer?.errors) ?? [];
  }, [checked.errors, answer.answer, planned.plan, sweeping, refused, draft]);
  const visible = useVisibleErrors(errors);

  const goToField = (path: string): void => {
    const field = fieldOf(path)?.path ?? path;
    visible.revealAll();
    visible.reveal(field); // also one that the core has just named
    if (focusField(field)) return;
    onHiddenField();
    setTimeout(() => focusField(field));
  };
  const goToFirstWrong = (): void => {
    const first = [...errorsByField(errors).keys()][0] ?? errors[0]?.path;
    if (first !== undefined) goToField(first);
  };

  const runs = sweeping
    ? planned.state === 'ready' && planned.plan
      ? runsToLaunch(planned.plan, existing)
      : null
    : checked.seeds.length;
  const launchOne = async (config: RunConfig, how: 'now' | 'queue'): Promise<void> => {
    const { ids } = await request('runs.launch', { config, seeds: [...checked.seeds], start: how });
    onLaunched();
    if (how === 'queue') toasts.tell(`${plural(ids.length, 'run')} added to the queue`, 'queue');
    navigate(how === 'now' && ids[0] !== undefined ? addressOf.run(ids[0]) : addressOf.queue());
  };
  const launchSweep = async (how: 'now' | 'queue'): Promise<void> => {
    const { ids, tag } = await request('sweeps.launch', { ...sweepRequest(checked), start: how, existing });
    onLaunched();
    toasts.tell(`${plural(ids.length, 'run')} ${how === 'now' ? 'launched' : 'added to the queue'} as ${tag}`, 'queue');
    navigate(addressOf.runs(`tag:${tag}`));
  };

  const start = async (how: 'now' | 'queue'): Promise<void> => {
    if (launching !== 'no') return;
    const stale = checked.config !== null && (sweeping ? planned : answer).state === 'waiting'; // the core's errors are of an earlier draft
    if (!checked.config || (errors.length > 0 && !stale)) {
      goToFirstWrong();
      return;
    }
    if (runs === 0) {
      toasts.tell('All runs of this sweep exist. Choose "Run again" to launch them anew.', 'info');
      return;
    }
    setLaunching(how);
    try {
      if (sweeping) await launchSweep(how);
      else await launchOne(checked.config, how);
    } catch (thrown) {
      const { fields, message } = asFailure(thrown);
      setLaunching('no');
      setRefused({ draft, errors: fields });
      if (fields[0]) setTimeout(goToField, 0, fields[0].path);
      else toasts.tellFailure(new Error(message));
    }
  };

  return {
    checked,
    answer,
    planned,
    existing,
    setExisting,
    runs,
    errors,
    visible,
    launching,
    start,
    goToField,
    goToFirstWrong,
  };
}
