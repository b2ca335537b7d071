import { allRows, change, oneRow, type Readable, text, textOrNull, type Writable } from './database.ts';

export const getSetting = (db: Readable, key: string): string | null =>
  textOrNull(oneRow(db, 'SELECT value FROM settings WHERE key = ?', key)?.value);

export const allSettings = (db: Readable): Record<string, string> =>
  Object.fromEntries(
    allRows(db, 'SELECT key, value FROM settings ORDER BY key').map(({ key, value }) => [text(key), text(value)]),
  );

export function setSetting(db: Writable, key: string, value: string): void {
  change(
    db,
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    value,
  );
}
