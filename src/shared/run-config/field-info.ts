/** Groups of the launch form, in its order. */
export const fieldGroups = [
  'Task',
  'Model',
  'Evaluation',
  'Name and notes',
  'Algorithm',
  'Inner loop',
  'Outer loop',
  'Seeds and stopping',
  'Engine',
] as const;
export type FieldGroup = (typeof fieldGroups)[number];

/** What a person sees of one field; limits and choices come from the schema itself. */
export interface FieldInfo {
  readonly path: string;
  readonly group: FieldGroup;
  readonly label: string;
  /** Unit or clarification, shown in the label: "classes a task". */
  readonly unit?: string;
  readonly help: string;
  /** `common` fields are shown at once, the rest under "All fields". */
  readonly shown: 'common' | 'all';
  /** Words for the values of a choice. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** A field that is shown at once, unless `rest` says otherwise. */
export const field = (
  path: string,
  group: FieldGroup,
  label: string,
  help: string,
  rest: Partial<FieldInfo> = {},
): FieldInfo => ({
  path,
  group,
  label,
  help,
  shown: 'common',
  ...rest,
});
export const all = { shown: 'all' } as const;
