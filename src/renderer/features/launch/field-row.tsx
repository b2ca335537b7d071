import type { ReactNode } from 'react';
import type { FieldError } from '../../../shared/run-config/field-error.ts';
import { type FieldInfo, sourceOf, valueAtPath } from '../../../shared/run-config/fields.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { parseSweepValues } from '../../../shared/sweeps/sweep-text.ts';
import { plural } from '../../app/format.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { Control } from './controls.tsx';
import { type Draft, presetOf } from './draft.ts';
import { fieldId } from './form-focus.ts';
import { SeedsField } from './seeds-field.tsx';
import { SweepField } from './sweep-field.tsx';
import { canSweep, firstSweepText } from './sweeps.ts';
import { controlOf, errorSentence, remedyOf, seedsWords, valueText } from './values.ts';

export interface FieldRowProps {
  readonly field: FieldInfo;
  readonly draft: Draft;
  readonly seeds: readonly number[];
  /** The field's error, when it is time to show it. */
  readonly error: FieldError | undefined;
  /** In the place of the source while the value is the preset's: "113,236 weights". */
  readonly remark: ReactNode;
  readonly help: 'shown' | 'hidden';
  /** What an empty name will be. */
  readonly placeholder?: string;
  readonly onChange: (path: string, value: unknown) => void;
  readonly onSeeds: (seeds: Draft['seeds']) => void;
  /** Several values of a field, as typed; null for one again. */
  readonly onSweep: (path: string, text: string | null) => void;
}

const wide = new Set(['dataset', 'text', 'note', 'words']);
const labelled = new Set(['number', 'numbers', 'words', 'dataset', 'select', 'text', 'note', 'switch']);

/** Label with unit, control, source of the default, and below them what is wrong. */
export function FieldRow(props: FieldRowProps) {
  const { field, draft, seeds, error, remark, help, onChange } = props;
  const preset = presetOf(draft);
  const presetValue = valueAtPath(preset.config, field.path);
  const kind = controlOf(field, presetValue);
  const id = fieldId(field.path);
  const isSeed = field.path === 'seed';
  const label = isSeed ? 'Seeds' : field.label;
  const described = [help === 'shown' ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  const swept = draft.sweep[field.path];
  const sweepable = canSweep(field, kind);
  const one = swept === undefined && (labelled.has(kind) || isSeed);
  const control = { id, invalid: error !== undefined, describedBy: described || undefined };
  return (
    <div
      className={classNames(
        'f',
        wide.has(kind) && 'wide',
        kind !== 'dataset' && wide.has(kind) && 'one',
        swept !== undefined && 'swept',
        error && 'bad',
      )}
      data-field={field.path}
    >
      <Label field={field} id={id} text={label} control={one ? 'one' : 'group'} />
      <div className="ctl">
        {isSeed ? (
          <SeedsField {...control} seeds={draft.seeds} onChange={props.onSeeds} />
        ) : swept !== undefined ? (
          <SweepField
            {...control}
            field={field}
            kind={kind}
            text={swept}
            task={valueAtPath(draft.values, 'task.kind')}
            onChange={(text) => props.onSweep(field.path, text)}
          />
        ) : (
          <Control
            {...control}
            field={field}
            kind={kind}
            value={valueAtPath(draft.values, field.path)}
            task={valueAtPath(draft.values, 'task.kind')}
            onChange={(value) => onChange(field.path, value)}
            {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
          />
        )}
        {sweepable && (
          <IconButton
            size="small"
            icon="sweep"
            label={`Sweep ${field.label}`}
            className={swept === undefined ? 'sweep' : 'sweep on'}
            aria-pressed={swept !== undefined}
            onClick={() => {
              const text = firstSweepText(field.path, valueAtPath(draft.values, field.path));
              props.onSweep(field.path, swept === undefined ? text : null);
            }}
          />
        )}
      </div>
      {!wide.has(kind) && (
        <span className="src">
          {isSeed ? (
            <span className="mono">{draft.seeds.mode === 'count' ? seedsWords(seeds) : ''}</span>
          ) : swept !== undefined ? (
            <SweepCount path={field.path} text={swept} />
          ) : (
            <Source field={field} draft={draft} remark={remark} onRestore={(value) => onChange(field.path, value)} />
          )}
        </span>
      )}
      {help === 'shown' && (
        <p className="help" id={`${id}-help`}>
          {field.help}
        </p>
      )}
      {error && (
        <ErrorLine
          id={`${id}-error`}
          error={error}
          presetValue={presetValue}
          field={field}
          draft={draft}
          onChange={onChange}
          onSeeds={props.onSeeds}
          remedy={swept === undefined ? 'offered' : 'none'}
        />
      )}
    </div>
  );
}

interface LabelProps {
  readonly field: FieldInfo;
  readonly id: string;
  readonly text: string;
  /** A group of radios names itself. */
  readonly control: 'one' | 'group';
}

function Label({ field, id, text, control }: LabelProps) {
  const words = (
    <>
      {text}
      {field.unit && <span className="u">{field.unit}</span>}
    </>
  );
  return control === 'one' ? (
    <label htmlFor={id} title={field.help}>
      {words}
    </label>
  ) : (
    <span className="label" title={field.help}>
      {words}
    </span>
  );
}

/** "3 values", while they can be read. */
function SweepCount({ path, text }: { readonly path: string; readonly text: string }) {
  const parsed = parseSweepValues(path, text);
  return parsed.ok ? <span className="tag accent">{plural(parsed.values.length, 'value')}</span> : null;
}

interface SourceProps {
  readonly field: FieldInfo;
  readonly draft: Draft;
  readonly remark: ReactNode;
  readonly onRestore: (value: unknown) => void;
}

/** Where the default comes from; for a changed value what it was, which a click brings back. */
function Source({ field, draft, remark, onRestore }: SourceProps) {
  const preset = presetOf(draft);
  const presetValue = valueAtPath(preset.config, field.path);
  const cited = sourceOf(draft.values as unknown as RunConfig, field.path, preset);
  const same = JSON.stringify(presetValue) === JSON.stringify(valueAtPath(draft.values, field.path));
  if (same) return <span>{remark ?? cited?.source}</span>;
  if (presetValue === undefined) return null;
  const shown = `${cited?.source ?? 'Preset'}: ${valueText(field, presetValue)}`;
  return (
    <Tooltip side="top" text={`Back to ${valueText(field, presetValue)}`}>
      <button type="button" className="restore" onClick={() => onRestore(presetValue)}>
        {shown}
      </button>
    </Tooltip>
  );
}

interface ErrorLineProps extends Pick<FieldRowProps, 'field' | 'draft' | 'onChange' | 'onSeeds'> {
  readonly id: string;
  readonly error: FieldError;
  readonly presetValue: unknown;
  /** A button that sets one value is no help to a list. */
  readonly remedy: 'offered' | 'none';
}

function ErrorLine({ id, error, presetValue, field, draft, onChange, onSeeds, remedy: offers }: ErrorLineProps) {
  const remedy = offers === 'none' ? undefined : remedyOf(error, field.path === 'seed' ? undefined : presetValue);
  return (
    <p className="msg" id={id} role="alert">
      <Icon name="alert" small />
      <span>{errorSentence(error)}</span>
      {remedy && (
        <Button
          size="small"
          onClick={() => {
            if (field.path !== 'seed') onChange(field.path, remedy.value);
            else if (draft.seeds.mode === 'count') onSeeds({ ...draft.seeds, count: String(remedy.value) });
            else onSeeds({ ...draft.seeds, list: String(remedy.value) });
          }}
        >
          {remedy.label}
        </Button>
      )}
    </p>
  );
}
