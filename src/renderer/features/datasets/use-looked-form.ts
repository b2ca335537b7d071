import { useEffect, useState } from 'react';
import type { PickedSource } from '../../../shared/contract/window.ts';
import type { ImportJob } from '../../../shared/datasets/dataset.ts';
import { asFailure, importDataset } from '../../app/core.ts';
import { nameOfSource } from './import-form.ts';
import type { LookedForm, LookedKind } from './looked-form.ts';
import type { Looking } from './use-look.ts';

export interface LookedFormOptions<Form extends LookedForm, Field extends string, Preview> {
  readonly kind: LookedKind<Form, Field, Preview>;
  readonly looking: Looking;
  /** null while the source is not known to be of this kind. */
  readonly preview: (Preview & { readonly problem: string | null }) | null;
  readonly source: PickedSource | null;
  readonly names: readonly string[];
  readonly onStarted: (job: ImportJob, source: PickedSource) => void;
}

export interface LookedFormState<Form, Field extends string> {
  readonly form: Form;
  readonly refusal: string;
  readonly ready: 'yes' | 'no' | 'starting';
  readonly change: (part: Partial<Form>) => void;
  readonly start: () => Promise<void>;
  /** What the text field of an option needs. */
  readonly text: (field: Field) => {
    readonly look: 'short' | 'long';
    readonly value: string;
    readonly error: string;
    readonly onChange: (value: string) => void;
    readonly onLeave: () => void;
  };
}

/** The choices of an import of one kind; each that changes how the source is read asks for another preview. */
export function useLookedForm<Form extends LookedForm, Field extends string & keyof Form, Preview>(
  options: LookedFormOptions<Form, Field, Preview>,
): LookedFormState<Form, Field> {
  const { kind, looking, preview, source, names, onStarted } = options;
  const sourceName = source?.name ?? '';
  const [form, setForm] = useState<Form>(() => kind.fresh(nameOfSource(sourceName)));
  const [left, setLeft] = useState<ReadonlySet<Field>>(new Set());
  const [refusal, setRefusal] = useState('');
  const [starting, setStarting] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source begins anew, also one of the same name
  useEffect(() => setForm(kind.fresh(nameOfSource(sourceName))), [kind, source?.token]);
  useEffect(() => {
    if (preview) setForm((known) => kind.withChosen(known, preview));
  }, [kind, preview]);

  const parsed = kind.parse(form, names);
  const change = (part: Partial<Form>): void => {
    const next = kind.changed(form, part);
    setForm(next);
    setRefusal('');
    const question = kind.question(next);
    if (preview && JSON.stringify(question) !== JSON.stringify(kind.question(form))) looking.ask(question);
  };
  const start = async (): Promise<void> => {
    if (!parsed.ok) return setLeft(new Set(Object.keys(parsed.errors) as Field[]));
    if (!source || starting) return;
    setStarting(true);
    try {
      onStarted(await importDataset({ token: source.token, ...parsed.options }), source);
    } catch (thrown) {
      setRefusal(asFailure(thrown).message);
      setStarting(false);
    }
  };
  const text = (field: Field) => ({
    look: field === 'name' ? ('long' as const) : ('short' as const),
    value: String(form[field]),
    // A name comes from the source: that it is taken is said before anybody leaves the field.
    error:
      !parsed.ok && (left.has(field) || (field === 'name' && form.name !== '')) ? (parsed.errors[field] ?? '') : '',
    onChange: (value: string) => change({ [field]: value } as unknown as Partial<Form>),
    onLeave: () => setLeft((known) => new Set(known).add(field)),
  });
  const possible = preview !== null && preview.problem === null && parsed.ok;
  const ready = starting ? 'starting' : possible ? 'yes' : 'no';
  return { form, refusal, ready, change, start, text };
}
