import { type ReactNode, useState } from 'react';
import { choicesForTask } from '../../../shared/run-config/field-use.ts';
import type { FieldInfo } from '../../../shared/run-config/fields.ts';
import { parseNumber, plainNumber } from '../../app/format.ts';
import { Segmented, Switch } from '../../ui/choices.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { Chip } from '../../ui/marks.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea, TextInput } from '../../ui/text-input.tsx';
import type { ControlKind } from './control-kind.ts';
import { DatasetField } from './dataset-field.tsx';
import { datasetKindFor } from './dataset-kind.ts';
import { ModelField } from './model-field.tsx';
import { choiceLabel, limitsByPath, numberListText, parseNumberList } from './values.ts';

export interface ControlProps {
  readonly field: FieldInfo;
  readonly kind: ControlKind;
  readonly id: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
  /** Shown in an empty text field: what it will be. */
  readonly placeholder?: string;
  /** Kind of the task, which some choices go with. */
  readonly task?: unknown;
}

/** The control that edits one field. */
export function Control(props: ControlProps): ReactNode {
  const { field, kind, id, value, onChange, invalid, describedBy, placeholder, task } = props;
  const described = describedBy === undefined ? {} : { 'aria-describedby': describedBy };
  if (field.path === 'model.start.model') {
    return <ModelField {...{ id, onChange, invalid, describedBy }} value={String(value ?? '')} kind="encoder" />;
  }
  if (field.path === 'algorithm.start') {
    return <ModelField {...{ id, onChange, invalid, describedBy }} value={String(value ?? '')} kind="network" />;
  }
  switch (kind) {
    case 'number':
      return <NumberField {...props} />;
    case 'numbers':
      return <NumbersField {...props} />;
    case 'words':
      return <WordsField {...props} />;
    case 'dataset':
      return (
        <DatasetField
          id={id}
          value={String(value)}
          onChange={onChange}
          invalid={invalid}
          describedBy={describedBy}
          kind={datasetKindFor(task)}
        />
      );
    case 'switch':
      return (
        <>
          <Switch id={id} checked={value === 'on'} onChange={(on) => onChange(on ? 'on' : 'off')} label={field.label} />
          <span className="t12 soft">{choiceLabel(field, String(value))}</span>
        </>
      );
    case 'segments':
      return (
        <Segmented
          label={field.label}
          value={String(value)}
          options={choicesOf(field, task)}
          onChange={onChange}
          {...(describedBy === undefined ? {} : { describedBy })}
        />
      );
    case 'select':
      return (
        <Select
          id={id}
          value={String(value)}
          options={choicesOf(field, task)}
          onChange={onChange}
          invalid={invalid}
          {...(describedBy === undefined ? {} : { describedBy })}
        />
      );
    case 'note':
      return (
        <TextArea
          id={id}
          rows={2}
          value={String(value)}
          onChange={onChange}
          placeholder="Why this run?"
          {...described}
        />
      );
    case 'text':
      return (
        <TextInput
          id={id}
          mono
          className="grow"
          value={String(value)}
          onChange={onChange}
          invalid={invalid}
          placeholder={placeholder ?? ''}
          {...described}
        />
      );
  }
}

const choicesOf = (field: FieldInfo, task: unknown): readonly { readonly value: string; readonly label: string }[] =>
  choicesForTask(task, field.path, limitsByPath.get(field.path)?.choices ?? []).map((choice) => ({
    value: choice,
    label: choiceLabel(field, choice),
  }));

/** What a field shows while nobody types in it. */
const shownNumber = (value: unknown): string => (typeof value === 'number' ? plainNumber(value) : String(value ?? ''));

/** `1e-3`, `60k`, `60,000`; what is not a number stays as typed. Arrows move whole numbers, by ten with Shift. */
function NumberField({ field, id, value, onChange, invalid, describedBy }: ControlProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const whole = limitsByPath.get(field.path)?.type === 'whole-number';
  const take = (text: string): void => {
    setTyped(text);
    onChange(parseNumber(text) ?? text);
  };
  return (
    <input
      type="text"
      inputMode="decimal"
      spellCheck={false}
      autoComplete="off"
      id={id}
      className={classNames('in', 'num')}
      value={typed ?? shownNumber(value)}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      onChange={(event) => take(event.target.value)}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => {
        const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
        if (direction === 0 || !whole || typeof value !== 'number' || event.altKey) return;
        event.preventDefault();
        take(plainNumber(value + direction * (event.shiftKey ? 10 : 1)));
      }}
    />
  );
}

function NumbersField({ id, value, onChange, invalid, describedBy }: ControlProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      id={id}
      className="num list"
      value={typed ?? numberListText(value)}
      invalid={invalid}
      aria-describedby={describedBy}
      onChange={(text) => {
        setTyped(text);
        onChange(parseNumberList(text));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

/** Tags: Enter or a comma adds, Backspace in the empty field takes the last out. */
function WordsField({ field, id, value, onChange, invalid, describedBy }: ControlProps) {
  const [typed, setTyped] = useState('');
  const words = Array.isArray(value) ? value.map(String) : [];
  const add = (text: string): void => {
    const word = text.trim();
    setTyped('');
    if (word !== '' && !words.includes(word)) onChange([...words, word]);
  };
  return (
    <span className={classNames('in', 'chips', 'grow', invalid && 'wrong')}>
      {words.map((word) => (
        <Chip key={word} label={word} onRemove={() => onChange(words.filter((other) => other !== word))} />
      ))}
      <input
        type="text"
        id={id}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        placeholder={words.length === 0 ? `Add a ${field.label.toLowerCase().replace(/s$/, '')}` : ''}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        onChange={(event) => {
          const { value: text } = event.target;
          if (text.includes(',')) for (const part of text.split(',')) add(part);
          else setTyped(text);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            add(typed);
          }
          if (event.key === 'Backspace' && typed === '' && words.length > 0) onChange(words.slice(0, -1));
        }}
        onBlur={() => add(typed)}
      />
      {words.length > 0 && typed === '' && <Icon name="plus" small />}
    </span>
  );
}
