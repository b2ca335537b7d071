import type { LogEntry } from '../../../shared/runs/run.ts';
import { clockWithSeconds, exactMoment } from '../../app/format.ts';

export type LogFilter = 'all' | 'eval' | 'warn';

export const filterLog = (entries: readonly LogEntry[], filter: LogFilter, words: string): readonly LogEntry[] => {
  const wanted = words.trim().toLowerCase();
  return entries.filter(
    ({ level, message }) =>
      (filter === 'all' ||
        (filter === 'eval' && level === 'eval') ||
        (filter === 'warn' && (level === 'warn' || level === 'error'))) &&
      (wanted === '' || message.toLowerCase().includes(wanted)),
  );
};

export const warnings = (entries: readonly LogEntry[]): number =>
  entries.filter(({ level }) => level === 'warn' || level === 'error').length;

/** One line of the log. */
export function LogLine({ entry }: { readonly entry: LogEntry }) {
  return (
    <>
      <time dateTime={new Date(entry.at).toISOString()} title={exactMoment(entry.at)}>
        {clockWithSeconds(entry.at)}
      </time>
      <span className="k">{entry.level}</span>
      <span className="trunc" title={entry.message}>
        {entry.message}
      </span>
    </>
  );
}
