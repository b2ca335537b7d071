import { useId } from 'react';
import { type AudioPreview, audioImportSchema, audioRates } from '../../../shared/datasets/audio.ts';
import { count, plural } from '../../app/format.ts';
import { Segmented } from '../../ui/choices.tsx';
import { Select } from '../../ui/select.tsx';
import { type AudioImportField, type AudioImportForm, secondsText, withFolderSplits } from './audio-import-form.ts';
import { Row, TextRow, Wrong } from './form-rows.tsx';
import { LabelBars } from './preview-parts.tsx';
import { SplitFields } from './split-fields.tsx';
import type { LookedFormState } from './use-looked-form.ts';

interface AudioImportFieldsProps {
  readonly state: LookedFormState<AudioImportForm, AudioImportField>;
  readonly preview: AudioPreview;
}

const lengths = [
  { value: 'found', label: 'As most clips' },
  { value: 'given', label: 'Given' },
] as const;
const splitKinds = [
  { value: 'folders', label: 'Folders of the source' },
  { value: 'drawn', label: 'Drawn' },
] as const;
const rates = audioRates.map((rate) => ({ value: String(rate), label: `${count(rate)} Hz` }));

/** The choices of an import of clips: rate, length, splits. */
export function AudioImportFields({ state, preview }: AudioImportFieldsProps) {
  const { form, change } = state;
  const id = useId();
  return (
    <>
      <TextRow label="Name" {...state.text('name')} />
      <div className="tprev">
        <p className="t11 muted">{foundWords(preview)}</p>
        {preview.labels.length > 0 && <LabelBars labels={preview.labels} labelsTotal={preview.labelsTotal} />}
      </div>
      {preview.problem && <Wrong text={preview.problem} />}
      <div className="f">
        <label htmlFor={id}>Stored at</label>
        <div className="ctl">
          <Select
            id={id}
            className="column"
            value={String(form.rate)}
            options={rates}
            onChange={(chosen) => change({ rate: audioImportSchema.shape.rate.parse(Number(chosen)) })}
          />
        </div>
      </div>
      <Row label="Length">
        <Segmented label="Length" value={form.length} options={lengths} onChange={(length) => change({ length })} />
        {form.length === 'found' && preview.chosen && (
          <span className="muted t11">{secondsText(preview.chosen.seconds)} s: 95 of 100 clips are whole</span>
        )}
      </Row>
      {form.length === 'given' && (
        <TextRow label="Seconds" unit="longer clips are cut, shorter ones filled up" {...state.text('seconds')} />
      )}
      <SplitFields
        state={state}
        noun="clip"
        givenBy={
          preview.givenSplits === 'yes' && (
            <Row label="Given by">
              <Segmented
                label="Given by"
                value={form.splitColumn === null ? 'drawn' : 'folders'}
                options={splitKinds}
                onChange={(kind) => change(withFolderSplits(kind))}
              />
            </Row>
          )
        }
      />
      {state.refusal && <Wrong text={state.refusal} />}
    </>
  );
}

function foundWords({ clips, labelsTotal, seconds, rates: found, complete }: AudioPreview): string {
  const of = `${plural(clips, 'clip')} with ${plural(labelsTotal, 'label')}`;
  const long = seconds
    ? `, ${secondsText(seconds.least)} to ${secondsText(seconds.most)} s long, median ${secondsText(seconds.median)} s`
    : '';
  const at = found.length === 0 ? '' : `, at ${found.map(({ rate }) => `${count(rate)} Hz`).join(', ')}`;
  return `${of}${long}${at}${complete === 'yes' ? '' : ' (by a sample of the files)'}`;
}
