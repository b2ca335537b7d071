import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { digestTree, verifyDigest } from '../../scripts/setup/digest.mjs';
import { temporaryFolder } from './temporary-folder.ts';

const digestOfAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'; // FIPS 180-4, example 1

test('the pinned file passes, one with a changed byte is refused with its name and both digests', async () => {
  const file = join(temporaryFolder(), 'tensorflow.whl');
  writeFileSync(file, 'abc');
  await expect(verifyDigest(file, digestOfAbc)).resolves.toBeUndefined();
  writeFileSync(file, 'abd');
  await expect(verifyDigest(file, digestOfAbc)).rejects.toThrow(
    new RegExp(`tensorflow\\.whl is not the file .* pinned is ${digestOfAbc}`),
  );
});

test('the digest of a tree changes with a content, a name and a new file, and not with the order of its entries', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'src', 'deep'), { recursive: true });
  writeFileSync(join(root, 'src', 'deep', 'a.ts'), '1');
  writeFileSync(join(root, 'config.json'), '{}');
  const first = await digestTree(root, ['src', 'config.json', 'missing']);
  expect(await digestTree(root, ['config.json', 'missing', 'src'])).toBe(first);
  writeFileSync(join(root, 'src', 'deep', 'a.ts'), '2');
  const changed = await digestTree(root, ['src', 'config.json', 'missing']);
  expect(changed).not.toBe(first);
  writeFileSync(join(root, 'src', 'b.ts'), '');
  expect(await digestTree(root, ['src', 'config.json', 'missing'])).not.toBe(changed);
});
