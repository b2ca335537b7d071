import type { FilterField } from './filter-fields.ts';

export type Comparison = 'is' | 'is-not' | 'more' | 'at-least' | 'less' | 'at-most';

/**
 * A parsed filter. `words` looks in name, tags and note; `field` is true when one of its values fits. For texts `is`
 * means "contains", for choices and numbers "equals"; dates and days are ranges [from, to) in milliseconds.
 */
export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly part: FilterNode }
  | { readonly kind: 'words'; readonly text: string }
  | {
      readonly kind: 'field';
      readonly field: FilterField;
      readonly comparison: Comparison;
      readonly values: readonly FilterValue[];
    };

export type FilterValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number };

/** What is wrong with a filter, and which part of its text to underline. */
export interface FilterError {
  readonly message: string;
  /** What would have been right. */
  readonly expected: string;
  readonly at: number;
  readonly length: number;
}
