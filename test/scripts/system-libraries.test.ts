import { expect, test } from 'vitest';
import { missingLibraries } from '../../scripts/setup/system-libraries.mjs';

test('only what the loader does not find is missing', () => {
  const output = `	linux-vdso.so.1 (0x00007ffd)
	libnss3.so => not found
	libgtk-3.so.0 => /lib/x86_64-linux-gnu/libgtk-3.so.0 (0x00007f)
	libasound.so.2 => not found
`;
  expect(missingLibraries(output)).toEqual(['libnss3.so', 'libasound.so.2']);
});
