import type { ReactNode } from 'react';
import { fixed } from '../../app/format.ts';
import { Row, TextRow } from './form-rows.tsx';
import { testShare } from './import-form.ts';
import type { LookedForm } from './looked-form.ts';
import type { LookedFormState } from './use-looked-form.ts';

interface SplitFieldsProps {
  readonly state: Pick<LookedFormState<LookedForm, 'train' | 'validation' | 'seed'>, 'form' | 'text'>;
  /** What one example is called: "text". */
  readonly noun: string;
  /** Where given splits are chosen, if the source may have some. */
  readonly givenBy: ReactNode;
}

/** How an import divides examples: drawn by fractions, or given; then only a missing validation is drawn. */
export function SplitFields({ state: { form, text }, noun, givenBy }: SplitFieldsProps) {
  const given = form.splitColumn !== null;
  const ofAll = `% of the ${noun}s of every label`;
  return (
    <>
      <h3>Splits</h3>
      {givenBy}
      {!given && <TextRow label="Train" unit={ofAll} {...text('train')} />}
      <TextRow
        label="Validation"
        unit={given ? `% of the training ${noun}s, where none are given` : ofAll}
        {...text('validation')}
      />
      {!given && (
        <Row label="Test">
          <span className="t12 soft num">{shareWords(testShare(form))}</span>
          <span className="muted t11">the rest; equal {noun}s stay in one split</span>
        </Row>
      )}
      <TextRow label="Seed" unit="of the draw" {...text('seed')} />
    </>
  );
}

export const shareWords = (share: number | null): string =>
  share === null ? '–' : `${fixed(share, Number.isInteger(share) ? 0 : 1)} %`;
