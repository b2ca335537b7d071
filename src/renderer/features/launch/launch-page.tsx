import { type DragEvent, useRef, useState } from 'react';
import './launch.css';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { fieldsOf } from '../../../shared/run-config/fields.ts';
import { resolveRunName } from '../../../shared/run-config/naming.ts';
import { presetById, presets } from '../../../shared/run-config/presets.ts';
import { isFineTune, type RunConfig } from '../../../shared/run-config/schema.ts';
import { addressOf } from '../../app/addresses.ts';
import { useRequest } from '../../app/core.ts';
import { usePlace } from '../../app/crumbs.tsx';
import { count } from '../../app/format.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { FailureLine, PageHead } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { CheckPanel } from './check-panel.tsx';
import { ConfigForm } from './config-form.tsx';
import { changedFields, changeField, draftFromPreset, errorsByField, fieldOf, presetOf, sweepField } from './draft.ts';
import { FirstTask } from './first-task.tsx';
import { HeadButtons } from './head-buttons.tsx';
import { LaunchButtons } from './launch-buttons.tsx';
import { readConfigFile } from './open-config.ts';
import { OriginLine } from './origin-line.tsx';
import { PlanPanel } from './plan-panel.tsx';
import { SweepPlanPanel } from './sweep-plan-panel.tsx';
import type { Checked } from './use-check.ts';
import { useDraft } from './use-draft.ts';
import { useFirstDataset } from './use-first-dataset.ts';
import { useLaunch } from './use-launch.ts';
import { sizeOfNetwork } from './weights.ts';

/** New run: the form at the left, what will happen at the right. */
export function LaunchPage() {
  usePlace({ label: 'Runs', to: addressOf.runs() }, { label: 'New run' });
  const kept = useDraft();
  const { draft, set } = kept;
  const toasts = useToasts();
  const [shown, setShown] = useState<'common' | 'all'>('common');
  const [leftOut, setLeftOut] = useState<readonly string[]>([]);
  const launch = useLaunch(draft, kept.forget, () => setShown('all'));
  const { checked, visible } = launch;
  useFirstDataset(draft, set);
  useShortcuts([
    ['Ctrl Enter', () => void launch.start('queue')],
    ['Ctrl Shift Enter', () => void launch.start('now')],
  ]);

  const open = async (file: File): Promise<void> => {
    try {
      const opened = await readConfigFile(file);
      kept.begin(opened.draft, { kind: 'file', name: file.name });
      setLeftOut(opened.leftOut);
      visible.revealAll();
    } catch (thrown) {
      toasts.tellFailure(thrown);
    }
  };
  const beginWith = (presetId: string): void => {
    setLeftOut([]);
    kept.begin(draftFromPreset(presetById(presetId)), { kind: 'preset' });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a dropped config is one way in; Open config is the other
    <div className="page-launch" onDragOver={allowFiles} onDrop={(event) => dropConfig(event, open)}>
      <PageHead title="New run" sub={<PresetMenu value={draft.presetId} onChange={beginWith} />}>
        <HeadButtons
          checked={checked}
          existing={launch.existing}
          shown={shown}
          total={useLast(checked.config ? fieldsOf(checked.config).length : null)}
          onShown={setShown}
          onOpen={open}
          onWrong={launch.goToFirstWrong}
        />
      </PageHead>
      {kept.failure && <FailureLine message={kept.failure.message} />}
      <div className="launch">
        <ConfigForm
          draft={draft}
          seeds={checked.seeds}
          errors={visible.errors}
          shown={shown}
          remarks={useRemarks(checked.config)}
          namePlaceholder={useLast(checked.config && resolveRunName({ ...checked.config, name: '' })) ?? ''}
          onChange={(path, value) => set((known) => changeField(known, path, value))}
          onSeeds={(seeds) => set((known) => ({ ...known, seeds }))}
          onSweep={(path, text) => set((known) => sweepField(known, path, text))}
          onFocusedField={visible.setFocused}
          notice={
            <OriginLine
              origin={kept.origin}
              changed={changedFields(draft).length}
              preset={presetOf(draft).label}
              onReset={() => beginWith(presetOf(draft).id)}
            />
          }
        />
        <PlanColumn launch={launch} leftOut={kept.origin.kind === 'file' ? leftOut : []} />
      </div>
    </div>
  );
}

interface PlanColumnProps {
  readonly launch: ReturnType<typeof useLaunch>;
  readonly leftOut: readonly string[];
}

/** What will happen: the first task, runs and time, what is wrong or worth knowing, and the buttons. */
function PlanColumn({ launch, leftOut }: PlanColumnProps) {
  const { checked, answer, errors, visible } = launch;
  const sweeping = checked.axes.length > 0;
  const valid = errors.length === 0 ? checked.config : null;
  const fineTunes = checked.config !== null && isFineTune(checked.config); // examples, and no tasks to draw
  return (
    <aside className="plan" aria-labelledby="plan-title" data-region="Plan">
      <h2 id="plan-title" className="sr-only">
        What will happen
      </h2>
      <div className="scroll">
        {!fineTunes && <FirstTask config={valid} />}
        {sweeping ? (
          <SweepPlanPanel
            axes={checked.axes}
            seeds={checked.seeds}
            planned={launch.planned}
            valid={valid !== null}
            existing={launch.existing}
            onExisting={launch.setExisting}
          />
        ) : (
          <PlanPanel seeds={checked.seeds} checked={answer} valid={valid !== null} />
        )}
        <CheckPanel
          errors={[...visible.errors.values(), ...errors.filter(({ path }) => !fieldOf(path))]}
          valid={valid !== null}
          checked={sweeping ? aboutOne(answer) : answer}
          seeds={checked.seeds}
          leftOut={leftOut}
          onField={launch.goToField}
        />
      </div>
      <LaunchButtons
        wrong={errorsByField(errors).size || errors.length}
        runs={launch.runs}
        launching={launch.launching}
        onLaunch={launch.start}
      />
    </aside>
  );
}

/** Of a sweep the first config stands for all; which of its runs exist is the plan's to say. */
const aboutOne = (checked: Checked): Checked => ({
  ...checked,
  answer: checked.answer && {
    ...checked.answer,
    existing: [],
    advice: checked.answer.advice.filter(({ path }) => path !== 'seed'),
  },
});

const presetOptions = presets.map(({ id, label }) => ({ value: id, label }));

function PresetMenu({ value, onChange }: { readonly value: string; readonly onChange: (id: string) => void }) {
  return (
    <Select look="button" prefix="Preset" label="Preset" value={value} options={presetOptions} onChange={onChange} />
  );
}

/** The last value that was known: while a field is wrong, what is derived from the config stays as it was. */
function useLast<Value>(value: Value | null): Value | null {
  const last = useRef(value);
  if (value !== null) last.current = value;
  return last.current;
}

/** What stands beside fields: the size of the network, and what one example costs it. */
function useRemarks(config: RunConfig | null): Readonly<Record<string, string>> {
  const datasets = useRequest('datasets.list', null, { refreshOn: ['dataset.changed', 'dataset.removed'] });
  const size = useLast(config && sizeOfNetwork(config, layoutOf(config, datasets.value ?? [])));
  if (size === null || config?.model.kind === 'encoder') return {};
  return { 'model.kind': `${count(size.parameters)} weights, ${count(size.multiplyAdds)} multiply-adds an example` };
}

function layoutOf({ task }: RunConfig, datasets: readonly DatasetSummary[]): DatasetSummary['layout'] {
  if (task.kind !== 'image-classes') return null;
  return datasets.find(({ id, name }) => id === task.dataset || name === task.dataset)?.layout ?? null;
}

const allowFiles = (event: DragEvent): void => {
  if (event.dataTransfer.types.includes('Files')) event.preventDefault();
};

function dropConfig(event: DragEvent, open: (file: File) => void): void {
  const file = event.dataTransfer.files[0];
  event.preventDefault();
  if (file?.name.toLowerCase().endsWith('.json')) open(file);
}
