/** The id of a field's control in the page. */
export const fieldId = (path: string): string => `field-${path.replaceAll('.', '-')}`;

/** Moves the focus to the control of a field and brings it into view; false when the form does not show the field. */
export function focusField(path: string): boolean {
  const row = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(path)}"]`);
  if (!row) return false;
  const control =
    row.querySelector<HTMLElement>(`#${CSS.escape(fieldId(path))}`) ??
    row.querySelector<HTMLElement>('[role="radio"][tabindex="0"], input, button');
  if (!control) return false;
  control.focus();
  row.scrollIntoView({ block: 'nearest' });
  return true;
}
