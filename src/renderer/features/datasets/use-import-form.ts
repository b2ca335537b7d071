import { useState } from 'react';
import type { PickedSource } from '../../../shared/contract/window.ts';
import type { ImportJob } from '../../../shared/datasets/dataset.ts';
import { importDataset, shell } from '../../app/core.ts';
import { type ImportField, type ImportForm, importFormFor, nameOfSource, parseImportForm } from './import-form.ts';

/** The state of the import dialog: source, options, what is wrong with them, and the start. */
export function useImportForm(
  given: PickedSource | null,
  names: readonly string[],
  onStarted: (job: ImportJob, source: PickedSource) => void,
) {
  const [source, setSource] = useState(given);
  const [values, setValues] = useState<ImportForm>(() => importFormFor(given?.name ?? ''));
  /** Fields that were left once: their errors are shown. */
  const [left, setLeft] = useState<ReadonlySet<ImportField>>(new Set());
  const [refusal, setRefusal] = useState('');
  const [starting, setStarting] = useState(false);
  const parsed = parseImportForm(values, names);
  const change = (part: Partial<ImportForm>): void => {
    setValues((known) => ({ ...known, ...part }));
    setRefusal('');
  };

  const pick = async (what: 'file' | 'folder'): Promise<void> => {
    const picked = await shell.pickSource(what);
    if (!picked) return;
    const unnamed = values.name === '' || values.name === nameOfSource(source?.name ?? '');
    if (unnamed) change({ name: nameOfSource(picked.name) });
    setSource(picked);
    setRefusal('');
  };
  const start = async (): Promise<void> => {
    if (!parsed.ok) {
      setLeft(new Set(Object.keys(parsed.errors) as ImportField[]));
      return;
    }
    if (!source || starting) return;
    setStarting(true);
    try {
      onStarted(await importDataset({ token: source.token, ...parsed.options }), source);
    } catch (thrown) {
      setRefusal(thrown instanceof Error ? thrown.message : String(thrown));
      setStarting(false);
    }
  };
  /** What the text field of an option needs. */
  const text = (field: ImportField) => ({
    look: field === 'name' ? ('long' as const) : ('short' as const),
    value: values[field],
    error: !parsed.ok && left.has(field) ? (parsed.errors[field] ?? '') : '',
    onChange: (value: string) => change({ [field]: value }),
    onLeave: () => setLeft((known) => new Set(known).add(field)),
  });
  const ready = starting ? ('starting' as const) : source && parsed.ok ? ('yes' as const) : ('no' as const);
  return { source, values, refusal, ready, change, pick, start, text };
}
