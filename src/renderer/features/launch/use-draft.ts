import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { basePresetFor, presets } from '../../../shared/run-config/presets.ts';
import { asFailure, type RequestFailure, request } from '../../app/core.ts';
import { datasetKindFor } from './dataset-kind.ts';
import { changeField, type Draft, draftFromConfig, draftFromPreset, parseDraft } from './draft.ts';
import { draftFromModel } from './model-draft.ts';

const draftKey = 'innerloop.launch.draft';
const presetKey = 'innerloop.launch.preset';

/** Where the form's content came from; said in its header. */
export type Origin =
  | { readonly kind: 'preset' }
  | { readonly kind: 'kept' }
  | { readonly kind: 'run'; readonly name: string }
  | { readonly kind: 'file'; readonly name: string };

export interface KeptDraft {
  readonly draft: Draft;
  readonly origin: Origin;
  readonly failure: RequestFailure | undefined;
  readonly set: (change: Draft | ((draft: Draft) => Draft)) => void;
  /** Another beginning: a preset or a file. */
  readonly begin: (draft: Draft, origin: Origin) => void;
  /** After a launch: the next form opens with the same preset, without this draft. */
  readonly forget: () => void;
}

/** The preset used last, else the paper's Omniglot setting. */
function lastPreset() {
  const id = localStorage.getItem(presetKey);
  return presets.find((preset) => preset.id === id) ?? basePresetFor('image-classes');
}

/** The preset used last where it learns from such data, else that of the task. */
function presetForData(kind: DatasetSummary['kind']) {
  const last = lastPreset();
  const { task } = last.config;
  return 'dataset' in task && datasetKindFor(task.kind) === kind ? last : basePresetFor(kind);
}

/**
 * The form's draft. It is kept while the window is open; an address with `?preset=`, `?from=RUN`, `?dataset=` or `?start=MODEL`
 * begins afresh from there.
 */
export function useDraft(): KeptDraft {
  const [search, setSearch] = useSearchParams();
  const asked = search.toString();
  const [state, setState] = useState<{ draft: Draft; origin: Origin }>(firstState);
  const [failure, setFailure] = useState<RequestFailure>();
  const forgotten = useRef(false);

  const begin = useCallback((draft: Draft, origin: Origin) => setState({ draft, origin }), []);
  const set = useCallback((change: Draft | ((draft: Draft) => Draft)) => {
    setState((known) => ({ ...known, draft: typeof change === 'function' ? change(known.draft) : change }));
  }, []);

  useEffect(() => {
    if (asked === '') return;
    const query = new URLSearchParams(asked);
    const [presetId, runId, dataset] = [query.get('preset'), query.get('from'), query.get('dataset')];
    const finish = (): void => setSearch({}, { replace: true }); // so that going back finds the draft as it was left
    if (runId) {
      request('runs.get', { id: runId }).then(
        (run) => {
          begin(draftFromConfig(run.config), { kind: 'run', name: run.name });
          finish();
        },
        (thrown) => {
          setFailure(asFailure(thrown));
          finish();
        },
      );
      return;
    }
    const start = query.get('start');
    if (start) {
      draftFromModel(start).then(
        (draft) => {
          begin(draft, { kind: 'preset' });
          finish();
        },
        (thrown) => {
          setFailure(asFailure(thrown));
          finish();
        },
      );
      return;
    }
    const named = presets.find(({ id }) => id === presetId);
    if (!dataset) {
      begin(draftFromPreset(named ?? lastPreset()), { kind: 'preset' });
      finish();
      return;
    }
    request('datasets.list', null).then(
      (list) => {
        const kind = list.find(({ id, name }) => id === dataset || name === dataset)?.kind ?? 'image-classes';
        begin(changeField(draftFromPreset(named ?? presetForData(kind)), 'task.dataset', dataset), { kind: 'preset' });
        finish();
      },
      (thrown) => {
        setFailure(asFailure(thrown));
        finish();
      },
    );
  }, [asked, begin, setSearch]);

  useEffect(() => {
    if (!forgotten.current) sessionStorage.setItem(draftKey, JSON.stringify(state.draft));
  }, [state.draft]);

  const forget = useCallback(() => {
    forgotten.current = true;
    sessionStorage.removeItem(draftKey);
    localStorage.setItem(presetKey, state.draft.presetId);
  }, [state.draft.presetId]);

  return { draft: state.draft, origin: state.origin, failure, set, begin, forget };
}

function firstState(): { draft: Draft; origin: Origin } {
  const kept = parseDraft(sessionStorage.getItem(draftKey));
  const fresh = draftFromPreset(lastPreset());
  if (
    !kept ||
    JSON.stringify(kept) ===
      JSON.stringify(draftFromPreset(presets.find(({ id }) => id === kept.presetId) ?? lastPreset()))
  )
    return { draft: kept ?? fresh, origin: { kind: 'preset' } };
  return { draft: kept, origin: { kind: 'kept' } };
}
