import { useEffect, useRef, useState } from 'react';
import type { PickedSource } from '../../../shared/contract/window.ts';
import type { ImportJob } from '../../../shared/datasets/dataset.ts';
import type { TextPreview } from '../../../shared/datasets/text.ts';
import { asFailure, importDataset, previewSource } from '../../app/core.ts';
import { nameOfSource } from './import-form.ts';
import {
  choicesOf,
  parseTextImport,
  type TextImportField,
  type TextImportForm,
  textImportFormFor,
  withChosen,
} from './text-import-form.ts';

/** What a picked source holds, as far as is known. */
export type Look =
  | { readonly kind: 'none' | 'looking' | 'images' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'texts'; readonly preview: TextPreview };

export type TextImportState = ReturnType<typeof useTextImport>;

/** Looks into a picked source, and keeps the choices of an import of texts with a preview of what they lead to. */
export function useTextImport(
  source: PickedSource | null,
  names: readonly string[],
  onStarted: (job: ImportJob, source: PickedSource) => void,
) {
  const [look, setLook] = useState<Look>({ kind: source ? 'looking' : 'none' });
  const [form, setForm] = useState<TextImportForm>(() => textImportFormFor(nameOfSource(source?.name ?? '')));
  const [left, setLeft] = useState<ReadonlySet<TextImportField>>(new Set());
  const [refusal, setRefusal] = useState('');
  const [starting, setStarting] = useState(false);
  const question = useRef(0);

  const ask = (token: string, asked: TextImportForm | null): void => {
    const mine = ++question.current;
    previewSource({ token, text: asked && choicesOf(asked) }).then(
      (preview) => {
        if (mine !== question.current) return;
        setLook(preview ? { kind: 'texts', preview } : { kind: 'images' });
        if (preview) setForm((known) => withChosen(known, preview));
      },
      (thrown) => mine === question.current && setLook({ kind: 'failed', message: asFailure(thrown).message }),
    );
  };
  const token = source?.token;
  const sourceName = source?.name ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another source is looked into anew
  useEffect(() => {
    setLook({ kind: token === undefined ? 'none' : 'looking' });
    setForm(textImportFormFor(nameOfSource(sourceName)));
    if (token !== undefined) ask(token, null);
    return () => {
      question.current++;
    };
  }, [token]);

  const parsed = parseTextImport(form, names);
  /** Changes what is asked of the core too where it changes how the source is read. */
  const change = (part: Partial<TextImportForm>): void => {
    const next = { ...form, ...part };
    // Other names of the columns: the core finds out anew.
    const fresh =
      'header' in part || 'encoding' in part
        ? { ...next, text: null, pair: null, label: null, splitColumn: null }
        : next;
    setForm(fresh);
    setRefusal('');
    if (token !== undefined && JSON.stringify(choicesOf(fresh)) !== JSON.stringify(choicesOf(form))) ask(token, fresh);
  };
  const start = async (): Promise<void> => {
    if (!parsed.ok) return setLeft(new Set(Object.keys(parsed.errors) as TextImportField[]));
    if (!source || starting) return;
    setStarting(true);
    try {
      onStarted(await importDataset({ token: source.token, ...parsed.options }), source);
    } catch (thrown) {
      setRefusal(asFailure(thrown).message);
      setStarting(false);
    }
  };
  /** What the text field of an option needs. */
  const text = (field: TextImportField) => ({
    look: field === 'name' ? ('long' as const) : ('short' as const),
    value: form[field],
    // A name comes from the source: that it is taken is said before anybody leaves the field.
    error:
      !parsed.ok && (left.has(field) || (field === 'name' && form.name !== '')) ? (parsed.errors[field] ?? '') : '',
    onChange: (value: string) => change({ [field]: value }),
    onLeave: () => setLeft((known) => new Set(known).add(field)),
  });
  const possible = look.kind === 'texts' && look.preview.problem === null && parsed.ok;
  const ready = starting ? ('starting' as const) : possible ? ('yes' as const) : ('no' as const);
  return { look, form, refusal, ready, change, start, text };
}
