import { type ReactNode, useId, useState } from 'react';
import type { FieldError } from '../../../shared/run-config/field-error.ts';
import { usesField } from '../../../shared/run-config/field-use.ts';
import {
  type FieldGroup,
  type FieldInfo,
  fieldGroups,
  fields,
  valueAtPath,
} from '../../../shared/run-config/fields.ts';
import { Icon } from '../../ui/icon.tsx';
import { changedFields, type Draft } from './draft.ts';
import { FieldRow } from './field-row.tsx';
import { MethodCards } from './method-cards.tsx';

export interface ConfigFormProps {
  readonly draft: Draft;
  readonly seeds: readonly number[];
  /** Errors that it is time to show, by field. */
  readonly errors: ReadonlyMap<string, FieldError>;
  readonly shown: 'common' | 'all';
  readonly remarks: Readonly<Record<string, ReactNode>>;
  readonly namePlaceholder: string;
  readonly onChange: (path: string, value: unknown) => void;
  readonly onSeeds: (seeds: Draft['seeds']) => void;
  readonly onSweep: (path: string, text: string | null) => void;
  /** The field that has the focus, null when none. */
  readonly onFocusedField: (path: string | null) => void;
  readonly notice: ReactNode;
}

const methodGroup: FieldGroup = 'Algorithm';
const methodPath = 'algorithm.kind'; // shown as cards
const lastGroup: FieldGroup = 'Name and notes';
const methodAt = fieldGroups.indexOf(methodGroup);
/** Task and network at the left, training at the right; names come last, as the last thing one thinks of. */
const columns: readonly (readonly FieldGroup[])[] = [
  fieldGroups.slice(0, methodAt).filter((group) => group !== lastGroup),
  [...fieldGroups.slice(methodAt), lastGroup],
];

/** Method cards, then the fields of the schema in two columns of groups. */
export function ConfigForm(props: ConfigFormProps) {
  const { draft, shown, onFocusedField } = props;
  const [search, setSearch] = useState('');
  const searching = shown === 'all' ? search.trim().toLowerCase() : '';
  const visible = visibleFields(props, searching);
  return (
    <form
      className="form"
      aria-label="Run configuration"
      onSubmit={(event) => event.preventDefault()}
      onFocus={(event) => onFocusedField(fieldOfElement(event.target))}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onFocusedField(null);
      }}
    >
      {props.notice}
      {shown === 'all' && (
        <FieldSearch value={search} onChange={setSearch} found={visible.length + (searching === '' ? 1 : 0)} />
      )}
      {searching === '' && (
        <MethodCards
          value={String(valueAtPath(draft.values, methodPath))}
          task={valueAtPath(draft.values, 'task.kind')}
          sweep={draft.sweep[methodPath]}
          error={props.errors.get(methodPath)}
          onChange={(kind) => props.onChange(methodPath, kind)}
          onSweep={(text) => props.onSweep(methodPath, text)}
        />
      )}
      <div className="cols">
        {columns.map((groups) => (
          <div key={groups[0]}>
            {groups.map((group) => (
              <Group key={group} group={group} members={visible.filter((field) => field.group === group)} {...props} />
            ))}
          </div>
        ))}
      </div>
      {visible.length === 0 && <p className="none soft">No field matches "{search.trim()}".</p>}
    </form>
  );
}

/** The field whose control this is; the buttons beside it (restore, use) are not the field being edited. */
const fieldOfElement = (element: Element): string | null =>
  element.closest('.ctl, .methods')?.closest<HTMLElement>('[data-field]')?.dataset.field ?? null;

/**
 * Fields of this config's kinds that its algorithm uses; hidden ones come out when they are wrong or not as the preset
 * has them, unused ones only when they are wrong.
 */
function visibleFields({ draft, shown, errors }: ConfigFormProps, searching: string): readonly FieldInfo[] {
  const changed = new Set(changedFields(draft));
  return fields.filter((field) => {
    if (field.path === methodPath || valueAtPath(draft.values, field.path) === undefined) return false;
    if (!usesField(draft.values, field.path) && !errors.has(field.path)) return false;
    if (searching !== '') return matches(field, searching);
    return (
      shown === 'all' ||
      field.shown === 'common' ||
      errors.has(field.path) ||
      changed.has(field.path) ||
      draft.sweep[field.path] !== undefined
    );
  });
}

const matches = (field: FieldInfo, words: string): boolean => {
  const text = [field.label, field.unit, field.help, field.path, field.group, ...Object.values(field.choices ?? {})]
    .join(' ')
    .toLowerCase();
  return words.split(/\s+/).every((word) => text.includes(word));
};

interface GroupProps extends ConfigFormProps {
  readonly group: FieldGroup;
  readonly members: readonly FieldInfo[];
}

function Group({
  group,
  members,
  draft,
  seeds,
  errors,
  shown,
  remarks,
  namePlaceholder,
  onChange,
  onSeeds,
  onSweep,
}: GroupProps) {
  if (members.length === 0) return null;
  return (
    <fieldset>
      <legend>{group}</legend>
      {members.map((field) => (
        <FieldRow
          key={field.path}
          field={field}
          draft={draft}
          seeds={seeds}
          error={errors.get(field.path)}
          remark={remarks[field.path]}
          help={shown === 'all' ? 'shown' : 'hidden'}
          {...(field.path === 'name' ? { placeholder: namePlaceholder } : {})}
          onChange={onChange}
          onSeeds={onSeeds}
          onSweep={onSweep}
        />
      ))}
    </fieldset>
  );
}

interface FieldSearchProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly found: number;
}

function FieldSearch({ value, onChange, found }: FieldSearchProps) {
  const id = useId();
  return (
    <div className="in search">
      <Icon name="search" small />
      <label htmlFor={id} className="sr-only">
        Find a field
      </label>
      <input
        id={id}
        type="text"
        data-filter
        autoComplete="off"
        spellCheck={false}
        placeholder="Find a field"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <span className="t11 muted num" aria-live="polite">
        {found} fields
      </span>
    </div>
  );
}
