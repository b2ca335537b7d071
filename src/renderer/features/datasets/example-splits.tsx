import { useState } from 'react';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { defaultTextSplitPlan, type TextSplitPlan, type TextVersion } from '../../../shared/datasets/text.ts';
import { request } from '../../app/core.ts';
import { count, fixed, plural } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tag } from '../../ui/marks.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { exampleNouns } from './dataset-words.ts';
import { Row, TextRow } from './form-rows.tsx';
import { numberWithin, shareErrors, testShare } from './import-form.ts';
import { splitOrder, splitWords } from './splits.ts';

interface ExampleSplitsProps {
  readonly dataset: DatasetSummary;
  readonly version: TextVersion;
  /** What gave splits at the import; null where they were drawn. */
  readonly splitColumn: string | null;
}

const keys = { train: 's_tr', validation: 's_va', test: 's_te', unused: 's_un' } as const;

/** How single examples are divided, and a way to divide them anew: a new version. */
export function ExampleSplits({ dataset, version, splitColumn }: ExampleSplitsProps) {
  const [open, setOpen] = useState<'yes' | 'no'>('no');
  const { splits } = dataset;
  return (
    <section className="sec2" aria-label="Splits">
      <div className="sh">
        <h3>Splits</h3>
        <SharedTag version={version} noun={exampleNouns[dataset.kind]} />
        <span className="muted t11 trunc">{version.origin}</span>
        <span className="grow" />
        {splitColumn !== null && <BackToGiven dataset={dataset} version={version} column={splitColumn} />}
        <Button size="small" icon="seed" onClick={() => setOpen('yes')}>
          Draw anew
        </Button>
      </div>
      <ul className="tsplits">
        {splitOrder
          .filter((split) => split !== 'unused' || splits.unused.examples > 0)
          .map((split) => (
            <li key={split} className={keys[split]}>
              <span className="key" />
              {splitWords[split]}
              <b className="num">{count(splits[split].examples)}</b>
              <span className="muted t11 num">
                {fixed((100 * splits[split].examples) / Math.max(1, dataset.examples), 1)} %
              </span>
            </li>
          ))}
      </ul>
      {open === 'yes' && <DrawDialog dataset={dataset} onClose={() => setOpen('no')} />}
    </section>
  );
}

function SharedTag({ version, noun }: { readonly version: TextVersion; readonly noun: string }) {
  if (version.shared === 0) {
    return (
      <Tag look="ok">
        <Icon name="check" small />
        no {noun} in two splits
      </Tag>
    );
  }
  return (
    <Tag
      look="warn"
      title={`A measurement on ${noun}s that were trained on is no test. Draw the splits anew to part them.`}
    >
      <Icon name="alert" small />
      {plural(version.shared, noun)} in two splits
    </Tag>
  );
}

function useSplit(dataset: DatasetSummary, onDone: () => void) {
  const toasts = useToasts();
  const [saving, setSaving] = useState(false);
  const split = async (splits: TextSplitPlan): Promise<void> => {
    setSaving(true);
    try {
      const { version } = await request('datasets.split', { id: dataset.id, splits });
      const same = version === dataset.version;
      toasts.tell(
        same ? 'These are the splits already' : `Saved as version ${version}. Runs keep the version they used.`,
        'save',
      );
      onDone();
    } catch (thrown) {
      toasts.tellFailure(thrown);
    }
    setSaving(false);
  };
  return { saving, split };
}

interface BackProps {
  readonly dataset: DatasetSummary;
  readonly version: TextVersion;
  readonly column: string;
}

function BackToGiven({ dataset, version, column }: BackProps) {
  const { saving, split } = useSplit(dataset, () => undefined);
  if (version.origin.startsWith('as given')) return null;
  return (
    <Button
      size="small"
      look="quiet"
      unavailable={saving}
      onClick={() => void split({ kind: 'given', column, validation: 0.1, seed: 1 })}
    >
      Back to the given ones
    </Button>
  );
}

function DrawDialog({ dataset, onClose }: { readonly dataset: DatasetSummary; readonly onClose: () => void }) {
  const { train, validation, seed } = defaultTextSplitPlan;
  const [form, setForm] = useState({
    train: String(train * 100),
    validation: String(validation * 100),
    seed: String(seed),
  });
  const { saving, split } = useSplit(dataset, onClose);
  const errors = shareErrors(form);
  const right = Object.keys(errors).length === 0;
  const share = (part: 'train' | 'validation'): number => (numberWithin(form[part], 0, 100, 'any') ?? 0) / 100;
  const save = (): void => {
    if (!right || saving) return;
    const drawnBy = numberWithin(form.seed, 0, 2_147_483_647, 'whole') ?? seed;
    void split({ kind: 'stratified', train: share('train'), validation: share('validation'), seed: drawnBy });
  };
  const field = (name: keyof typeof form) => ({
    look: 'short' as const,
    value: form[name],
    error: errors[name] ?? '',
    onChange: (value: string) => setForm((known) => ({ ...known, [name]: value })),
    onLeave: () => undefined,
  });
  const test = testShare(form);
  const ofAll = `% of the ${exampleNouns[dataset.kind]}s of every label`;
  return (
    <Dialog
      title={`Split ${dataset.name} anew`}
      onClose={onClose}
      width={520}
      footer={
        <>
          <span className="muted t11 grow">Runs keep the version they used.</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" unavailable={!right || saving} onClick={save}>
            {saving ? 'Drawing' : `Save as version ${dataset.version + 1}`}
          </Button>
        </>
      }
    >
      <form
        className="dialog-form import"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextRow label="Train" unit={ofAll} {...field('train')} />
        <TextRow label="Validation" unit={ofAll} {...field('validation')} />
        <Row label="Test">
          <span className="t12 soft num">
            {test === null ? '–' : `${fixed(test, Number.isInteger(test) ? 0 : 1)} %`}
          </span>
          <span className="muted t11">the rest; equal {exampleNouns[dataset.kind]}s stay in one split</span>
        </Row>
        <TextRow label="Seed" unit="of the draw" {...field('seed')} />
      </form>
    </Dialog>
  );
}
