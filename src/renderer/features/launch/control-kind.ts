/** How a field is edited; follows from the schema and the value that its preset has. */
export type ControlKind =
  | 'number'
  | 'text'
  | 'note'
  | 'switch'
  | 'segments'
  | 'select'
  | 'numbers'
  | 'words'
  | 'dataset';
