import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeGraphFolder } from '../../src/main/trainer/graph-folder.ts';

test('a graph lies in a folder of its own until it is removed', () => {
  const first = writeGraphFolder(Uint8Array.of(1, 2, 3));
  const second = writeGraphFolder(Uint8Array.of(4));
  expect([...readFileSync(join(first.path, 'saved_model.pb'))]).toEqual([1, 2, 3]);
  expect([...readFileSync(join(second.path, 'saved_model.pb'))]).toEqual([4]);
  first.remove();
  expect([existsSync(first.path), existsSync(second.path)]).toEqual([false, true]);
  second.remove();
  second.remove(); // removing twice is no error
});
