import type { DoctorItem } from '../../../shared/contract/requests.ts';

/** The verdict of everything together, in one word. */
export function computeVerdict(items: readonly DoctorItem[]): {
  readonly look: 'ok' | 'warn' | 'danger';
  readonly word: string;
} {
  if (items.some(({ verdict }) => verdict === 'missing')) return { look: 'danger', word: 'something is missing' };
  if (items.some(({ verdict }) => verdict === 'warning')) return { look: 'warn', word: 'ready, with a note' };
  return { look: 'ok', word: 'ready' };
}

/** What to do about everything that is not in order. */
export const remediesOf = (items: readonly DoctorItem[]): readonly string[] =>
  items.flatMap(({ label, remedy, verdict }) => (verdict !== 'ok' && remedy ? [`${label}: ${remedy}`] : []));

export const itemValue = (items: readonly DoctorItem[], key: DoctorItem['key']): string =>
  items.find((item) => item.key === key)?.value ?? '–';

/** "CPU: AMD EPYC 7763, 2 cores" in two lines. */
export function deviceLines(value: string): { readonly head: string; readonly rest: string } {
  const [, kind, name] = /^(CPU|GPU)[:,]\s*(.+)$/.exec(value) ?? [];
  return kind && name ? { head: name, rest: kind === 'GPU' ? 'GPU' : 'CPU, no GPU in use' } : { head: value, rest: '' };
}
