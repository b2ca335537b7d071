import { type FieldInfo, fields } from './fields.ts';

const firstWords: Readonly<Record<string, string>> = {
  'Inner loop': 'Inner',
  'Outer loop': 'Outer',
  Evaluation: 'Evaluation',
};

/** A label that stands alone: "Rate" of the inner loop is "Inner rate". */
export function standaloneLabel({ group, label }: Pick<FieldInfo, 'group' | 'label'>): string {
  const first = firstWords[group];
  return first ? `${first} ${label.charAt(0).toLowerCase()}${label.slice(1)}` : label;
}

/** The same by path; the path itself for what is no field. */
export function labelOfPath(path: string): string {
  const field = fields.find((each) => each.path === path);
  return field ? standaloneLabel(field) : path;
}
